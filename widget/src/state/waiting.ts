/** Waits until the time is over, something wakes it, or the signal aborts it. Never rejects. */
export function pause(ms: number, signal: AbortSignal, wake?: EventTarget): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      wake?.removeEventListener('wake', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    if (signal.aborted) done()
    signal.addEventListener('abort', done)
    wake?.addEventListener('wake', done)
  })
}
