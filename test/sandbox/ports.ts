import { createServer } from 'node:net'

const NAMES = ['workbench', 'worker', 'desk', 'meta', 'widget'] as const
export type Ports = Record<(typeof NAMES)[number], number>

/** Five ports from `base` on; each that is taken is replaced by the next free one. */
export async function choosePorts(base: number): Promise<Ports> {
  const ports: Partial<Ports> = {}
  let candidate = base
  for (const name of NAMES) {
    while (!(await isFree(candidate))) candidate += 1
    ports[name] = candidate
    candidate += 1
  }
  return ports as Ports
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
