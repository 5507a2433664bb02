/** Waits for a fact: asks again every 50 ms until the answer is neither undefined nor false. Fails with what was waited for. */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | undefined | false> | Value | undefined | false,
  timeoutMs = 30_000,
): Promise<Value> {
  const until = Date.now() + timeoutMs
  let last: unknown
  while (Date.now() < until) {
    try {
      const value = await ask()
      if (value !== undefined && value !== false) return value
    } catch (error) {
      last = error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const because = last instanceof Error ? ` (last: ${last.message})` : ''
  throw new Error(`Not seen within ${timeoutMs} ms: ${what}${because}`)
}
