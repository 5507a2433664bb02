import { fail, ok } from '../result.ts'
import type { Host, HostFailure, HostPreferences, HostResult, ProxyAnswer, ProxyRequest } from './host.ts'

export type FakeHost = Host & {
  readonly proxied: ProxyRequest[]
  readonly opened: string[]
  /** Desk shows another ticket. */
  shiftTo(ticketId: string): void
  /** The person changes Desk's look. */
  prefer(preferences: HostPreferences): void
}

export type FakeHostOptions = {
  locale?: string
  words?: Record<string, string>
  ticketId?: string
  portalId?: string
  userId?: string
  answer?: (request: ProxyRequest) => ProxyAnswer | HostFailure
}

/** Desk as tests play it: no window, no SDK, everything it was asked is kept. */
export function createFakeHost(options: FakeHostOptions = {}): FakeHost {
  let ticketId = options.ticketId ?? '101'
  const shifts: (() => void)[] = []
  const preferred: ((preferences: HostPreferences) => void)[] = []
  const proxied: ProxyRequest[] = []
  const opened: string[] = []
  return {
    app: { locale: options.locale ?? 'en', words: options.words ?? {}, preferences: {}, meta: {} },
    proxied,
    opened,
    person: async () => ok({ portalId: options.portalId ?? '60000001', userId: options.userId ?? '1800000000600' }),
    ticketId: async () => ok(ticketId),
    async proxy(request): Promise<HostResult<ProxyAnswer>> {
      proxied.push(request)
      const answer = options.answer?.(request) ?? { kind: 'refused', message: 'nobody answers' }
      return 'kind' in answer ? fail(answer) : ok(answer)
    },
    async openTicket(id) {
      opened.push(id)
      return ok(undefined)
    },
    onTicketShift: (handler) => shifts.push(handler),
    onPreferences: (handler) => preferred.push(handler),
    shiftTo(id) {
      ticketId = id
      for (const handler of shifts) handler()
    },
    prefer(preferences) {
      for (const handler of preferred) handler(preferences)
    },
  }
}
