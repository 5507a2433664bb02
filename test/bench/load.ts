import { Agent, request } from 'node:http'

export type LoadResult = { perSecond: number; p50Ms: number; p99Ms: number; count: number }

/**
 * Posts prepared requests over kept-open connections, each connection sending its next one when the last was answered, for `seconds`.
 * Throws on any answer that is not 200: a rate of refusals would be no rate.
 */
export async function load(options: {
  url: string
  connections: number
  seconds: number
  next: () => { body: string; headers: Record<string, string> }
}): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections })
  const url = new URL(options.url)
  const times: number[] = []
  const started = performance.now()
  const until = started + options.seconds * 1_000
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      while (performance.now() < until) {
        const { body, headers } = options.next()
        const at = performance.now()
        const status = await post(agent, url, body, headers)
        if (status !== 200) throw new Error(`${options.url} answered ${status}`)
        times.push(performance.now() - at)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1_000
  agent.destroy()
  return {
    perSecond: times.length / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    count: times.length,
  }
}

function post(agent: Agent, url: URL, body: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}

/** The value below which this share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
