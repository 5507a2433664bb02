import type { Result } from '../result.ts'

/** Desk's look as the person chose it; every field may be missing or new to us. */
export type HostPreferences = { appearance?: string; theme?: string; fontFamily?: string }

export type HostApp = {
  /** Desk's code of the person's language, such as `en`, `ja`, `tw`. */
  locale: string
  /** The words of that language from the package, as Desk read them. */
  words: Record<string, string>
  preferences: HostPreferences
  /** What Desk says of itself, such as its data centre; unread. */
  meta: Readonly<Record<string, unknown>>
}

/** `missing`: the page is not inside Desk. `silent`: Desk did not answer in time. `refused`: it answered with a failure. */
export type HostFailure = { kind: 'missing' | 'silent' | 'refused'; message: string }
export type HostResult<T> = Result<T, HostFailure>

export type HostPerson = { portalId: string; userId: string; timeZone?: string }

/** A call that Zoho's servers make for the page; only they can fill in secure parameters such as `{{install_key}}`. */
export type ProxyRequest = { url: string; method: 'GET' | 'POST'; headers: Record<string, string>; body: unknown }
export type ProxyAnswer = { status: number; text: string }

/** All that the widget knows of Zoho Desk. */
export type Host = {
  readonly app: HostApp
  person(): Promise<HostResult<HostPerson>>
  ticketId(): Promise<HostResult<string>>
  proxy(request: ProxyRequest): Promise<HostResult<ProxyAnswer>>
  /** Shows another ticket in Desk. */
  openTicket(ticketId: string): Promise<HostResult<undefined>>
  /** The person moved to another ticket while the pane stayed. */
  onTicketShift(handler: () => void): void
  onPreferences(handler: (preferences: HostPreferences) => void): void
}
