import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { Session } from '../../../contract/index.ts'
import type { TokenSource } from '../api/client.ts'
import type { ApiResult, Http } from '../api/http.ts'
import { readAnswer } from '../api/http.ts'
import { read } from '../api/shapes.ts'
import type { Host, HostPerson } from '../host/host.ts'
import { fail, ok } from '../result.ts'
import type { Clock } from './clock.ts'
import { fromHost, renewDelayMs } from './session.model.ts'

export type SessionStore = TokenSource & {
  readonly current: ReadonlySignal<Session | null>
  /** Called with each new token, so that an open socket can be told. */
  onRenewed(listener: (token: string) => void): void
  /** Asks for a new session, such as when the person presses *Try again*. */
  open(): Promise<ApiResult<Session>>
  stop(): void
}

export type SessionDeps = { host: Host; http: Http; origin: string; person: HostPerson; clock: Clock }

/**
 * The agent's session with the Worker. The first one comes through Desk's proxy, which alone can fill in the install key;
 * renewals go directly. Calls that want a token while one is being fetched share that one.
 */
export function createSession({ host, http, origin, person, clock }: SessionDeps): SessionStore {
  const current = signal<Session | null>(null)
  const listeners: ((token: string) => void)[] = []
  let opening: Promise<ApiResult<Session>> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function take(session: Session): void {
    clock.sync(session.now)
    current.value = session
    clearTimeout(timer)
    timer = setTimeout(() => void renew(session), renewDelayMs(session.expiresAt, clock.read()))
    for (const listener of listeners) listener(session.token)
  }

  async function viaProxy(): Promise<ApiResult<Session>> {
    const answer = await host.proxy({
      url: `${origin}/api/session`,
      method: 'POST',
      headers: { Authorization: 'Bearer {{install_key}}', 'Content-Type': 'application/json' },
      body: { portalId: person.portalId, userId: person.userId },
    })
    return answer.ok ? readAnswer((json) => read('session', json), answer.value) : fail(fromHost(answer.error))
  }

  function open(): Promise<ApiResult<Session>> {
    opening ??= (async () => {
      const answer = await viaProxy()
      opening = undefined
      if (answer.ok) take(answer.value)
      return answer
    })()
    return opening
  }

  async function renew(session: Session): Promise<void> {
    const answer = await http.send('session', { method: 'POST', path: '/api/session/renew', token: session.token })
    if (current.value !== session) return
    if (answer.ok) return take(answer.value)
    if (answer.error.status === 401 || answer.error.status === 403) {
      await open()
      return
    }
    // The Worker or the network is away: the token still holds for two minutes, so ask again soon.
    timer = setTimeout(() => void renew(session), renewDelayMs(session.expiresAt, clock.read()))
  }

  const isFresh = (session: Session): boolean => Date.parse(session.expiresAt) > clock.read() + 1_000

  return {
    current,
    open,
    onRenewed: (listener) => listeners.push(listener),
    async token() {
      const held = current.value
      if (held !== null && isFresh(held)) return ok(held.token)
      const opened = await open()
      return opened.ok ? ok(opened.value.token) : opened
    },
    async replace(refused) {
      const held = current.value
      if (held !== null && held.token !== refused) return ok(held.token)
      const opened = await open()
      return opened.ok ? ok(opened.value.token) : opened
    },
    stop: () => clearTimeout(timer),
  }
}
