import { isRecord } from '../json.ts'
import { fail, ok } from '../result.ts'
import { readPreferences, readProperty, readProxyAnswer, readRefusal, readWords } from './desk-answers.ts'
import type { Host, HostFailure, HostResult } from './host.ts'

const BOOT_TIMEOUT_MS = 20_000
const GET_TIMEOUT_MS = 10_000
const PROXY_TIMEOUT_MS = 30_000

/** The SDK never gives up waiting, and some calls throw instead of rejecting; here both become an answer. */
async function settle(call: () => unknown, timeoutMs: number): Promise<HostResult<unknown>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<HostResult<unknown>>((resolve) => {
    const failure: HostFailure = { kind: 'silent', message: 'Zoho Desk did not answer.' }
    timer = setTimeout(() => resolve(fail(failure)), timeoutMs)
  })
  const answer = (async (): Promise<HostResult<unknown>> => {
    try {
      return ok(await call())
    } catch (reason) {
      return fail({ kind: 'refused', message: readRefusal(reason) })
    }
  })()
  const first = await Promise.race([answer, silence])
  clearTimeout(timer)
  return first
}

async function property(name: string): Promise<HostResult<string>> {
  const answer = await settle(() => ZOHODESK?.get(name), GET_TIMEOUT_MS)
  if (!answer.ok) return answer
  const value = readProperty(answer.value, name)
  return value === undefined ? fail({ kind: 'refused', message: `Zoho Desk gave no ${name}.` }) : ok(value)
}

type Listen = (event: string, handler: (data: unknown) => void) => void

function canListen(instance: unknown): instance is { on: Listen } {
  return isRecord(instance) && typeof instance.on === 'function'
}

/** Desk's events reach a widget through `App.instance.on`; without an instance there are none, and the pane still works. */
function subscriber({ instance }: Record<string, unknown>): Listen {
  return (event, handler) => {
    if (canListen(instance)) instance.on(event, handler)
  }
}

function createDeskHost(app: Record<string, unknown>): Host {
  const meta = isRecord(app.meta) ? app.meta : {}
  const on = subscriber(app)
  return {
    app: {
      locale: typeof app.locale === 'string' ? app.locale : 'en',
      words: readWords(app.localeResources),
      preferences: readPreferences(meta.userPreferences),
      meta,
    },
    async person() {
      const [portal, user, zone] = await Promise.all([
        property('portal.id'),
        property('user.id'),
        property('user.timeZone'),
      ])
      if (!portal.ok) return portal
      if (!user.ok) return user
      return ok({ portalId: portal.value, userId: user.value, ...(zone.ok ? { timeZone: zone.value } : {}) })
    },
    ticketId: () => property('ticket.id'),
    async proxy({ url, method, headers, body }) {
      const request = { url, type: method, headers, data: {}, postBody: body }
      const answer = await settle(() => ZOHODESK?.request(request), PROXY_TIMEOUT_MS)
      if (!answer.ok) return answer
      const value = readProxyAnswer(answer.value)
      return value === undefined ? fail({ kind: 'refused', message: 'The proxy’s answer is not readable.' }) : ok(value)
    },
    async openTicket(id) {
      const answer = await settle(
        () => ZOHODESK?.invoke('ROUTE_TO', { entity: 'ticket', id, page: 'dv' }),
        GET_TIMEOUT_MS,
      )
      return answer.ok ? ok(undefined) : answer
    },
    onTicketShift: (handler) => on('ticket_Shift', handler),
    onPreferences: (handler) => on('user_preference.changed', (data) => handler(readPreferences(data))),
  }
}

/**
 * Waits for Desk. `booting` is the promise that `host-boot.js` took from the SDK while the page was still being read: the
 * SDK replays nothing, so a module that loads later could miss the registration.
 */
export async function connectDesk(booting: unknown): Promise<HostResult<Host>> {
  if (typeof ZOHODESK === 'undefined' || booting === undefined)
    return fail({ kind: 'missing', message: 'The SDK of Zoho Desk is not here.' })
  const app = await settle(() => booting, BOOT_TIMEOUT_MS)
  if (!app.ok) return app
  return isRecord(app.value)
    ? ok(createDeskHost(app.value))
    : fail({ kind: 'refused', message: 'Zoho Desk sent no App.' })
}
