import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { ROOT, run } from './command.ts'
import { sourceFiles } from './files.ts'
import type { StepResult } from './report.ts'

/** Folders that must have a project; what it cannot type together with the rest has projects of its own further down. */
const PROJECTS = ['worker', 'widget', 'manifest', 'scripts', 'test']

/** The required projects, whether they are there or not, and every other one below them. */
function projectsOf(root: string): string[] {
  const found = PROJECTS.flatMap((folder) =>
    existsSync(join(root, folder)) ? sourceFiles(folder, /\/tsconfig\.json$/, root).map((file) => dirname(file)) : [],
  )
  return [...new Set([...PROJECTS, ...found])]
}

/** Type-checks every project, and finds TypeScript files that belong to none: nothing would have looked at them. */
export async function checkTypes(root = ROOT): Promise<StepResult> {
  const outputs: string[] = []
  const seen = new Set<string>()
  for (const project of projectsOf(root)) {
    if (!existsSync(join(root, project, 'tsconfig.json'))) {
      return { isOk: false, output: `${project}/tsconfig.json is missing.` }
    }
    const { code, output } = await run('tsc', ['--project', project, '--listFiles', '--pretty', 'false'], { cwd: root })
    const lines = output.split('\n')
    for (const line of lines) if (line.startsWith(root)) seen.add(relative(root, line).split(sep).join('/'))
    const messages = lines.filter((line) => line !== '' && !/^(\/|[A-Z]:)[^():]*\.(d\.)?[cm]?tsx?$|\.json$/.test(line))
    if (code !== 0) outputs.push(messages.join('\n') || `tsc ended with code ${code} in ${project}`)
  }
  const sources = ['contract', 'manifest', 'scripts', 'test', 'widget', 'worker'].flatMap((folder) =>
    sourceFiles(folder, /\.tsx?$/, root),
  )
  const forgotten = findForgotten(sources, seen)
  if (forgotten.length > 0) outputs.push(`In no tsconfig.json:\n${forgotten.join('\n')}`)
  return { isOk: outputs.length === 0, output: outputs.join('\n'), note: `${sources.length} files` }
}

/** Sources that no project has read. */
export function findForgotten(sources: readonly string[], seen: ReadonlySet<string>): string[] {
  return sources.filter((path) => !seen.has(path))
}
