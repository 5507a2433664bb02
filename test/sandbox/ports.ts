import { createServer } from 'node:net'
import { sleep } from './shared/platform.ts'

export type Ports = { workbench: number; worker: number; desk: number; meta: number; widget: number }

/** Five ports from `base` on; each that is taken is replaced by the next free one. */
export async function choosePorts(base: number): Promise<Ports> {
  let candidate = base
  const next = async (): Promise<number> => {
    while (!(await isFree(candidate))) candidate += 1
    candidate += 1
    return candidate - 1
  }
  return { workbench: await next(), worker: await next(), desk: await next(), meta: await next(), widget: await next() }
}

/** Resolves once nobody listens there any more, or after a while nevertheless: a process that was ended may hold its port a little longer. */
export async function untilFree(port: number): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until && !(await isFree(port));) await sleep(50)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
