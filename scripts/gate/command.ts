import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

/** The project's root directory, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export type CommandResult = {
  /** Exit code; 124 when the time was up, 127 when the program could not be started. */
  code: number
  /** What it wrote to both streams, in order of arrival, without colours. */
  output: string
}

export type CommandOptions = {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** After this long the command and everything it started are killed. Default 20 minutes. */
  limitMs?: number
}

const running = new Set<ChildProcess>()

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}

/** Ends every running command, with all it started, when this process is told to end. Call once per program. */
export function endCommandsOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const child of running) killGroup(child, 'SIGTERM')
      process.kill(process.pid, signal)
    })
  }
}

/** The environment of commands whose output is kept: without colours, which would only be noise in a log. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...rest } = process.env
  return { ...rest, NO_COLOR: '1' }
}

/** Runs a program to its end in a process group of its own, without stdin. Never rejects. */
export function run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? ROOT,
    env: options.env ?? plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  running.add(child)
  let output = ''
  let isTimeUp = false
  const collect = (chunk: string): void => {
    output += chunk
  }
  child.stdout.setEncoding('utf8').on('data', collect)
  child.stderr.setEncoding('utf8').on('data', collect)
  const limitMs = options.limitMs ?? 20 * 60_000
  const timer = setTimeout(() => {
    isTimeUp = true
    killGroup(child, 'SIGKILL')
  }, limitMs)
  return new Promise((resolve) => {
    const finish = (code: number, more = ''): void => {
      clearTimeout(timer)
      running.delete(child)
      resolve({ code, output: stripVTControlCharacters(output) + more })
    }
    child.on('error', (error) => finish(127, `${error.message}\n`))
    child.on('close', (code) => {
      if (isTimeUp) finish(124, `\nStopped: not finished after ${limitMs / 1000} s.\n`)
      else finish(code ?? 1)
    })
  })
}
