import { afterEach, beforeEach, expect, vi } from 'vitest'

export type NetworkHandler = (request: Request, url: URL) => Response | Promise<Response> | undefined

/**
 * A strict network for one test file: every outbound request must be answered by a handler, and one that is not fails the test.
 * Handlers are asked newest first and are gone after each test.
 */
export function strictNetwork(): { handle(handler: NetworkHandler): void; requests: Request[] } {
  const handlers: NetworkHandler[] = []
  const requests: Request[] = []
  const unhandled: string[] = []

  beforeEach(() => {
    handlers.length = 0
    requests.length = 0
    unhandled.length = 0
    vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init)
      requests.push(request.clone())
      for (const handler of handlers.toReversed()) {
        const response = await handler(request.clone(), new URL(request.url))
        if (response !== undefined) return response
      }
      unhandled.push(`${request.method} ${request.url}`)
      throw new TypeError(`No handler for ${request.method} ${request.url}`)
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    expect(unhandled, 'requests that no handler answered').toEqual([])
  })
  return { handle: (handler) => void handlers.push(handler), requests }
}
