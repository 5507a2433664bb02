import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { AdminSession, SignInPurpose } from '../../../../contract/index.ts'
import type { ApiFailure, ApiResult, Http } from '../../api/http.ts'
import { settingsShape } from '../../api/settings-shapes.ts'
import { fail } from '../../result.ts'
import type { Clock } from '../clock.ts'
import { cleanCode, signInUrl } from './proof.model.ts'
import type { Verifier } from './verifier.ts'
import type { OpenedWindow, WindowDoor } from './windows.ts'

/** What stands between the person and a change: a window of Zoho's sign-in. */
export type SignIn = {
  purpose: SignInPurpose
  /** `waiting`: the window is open; `blocked`: the browser did not let it open; `checking`: its code is being taken. */
  state: 'asked' | 'waiting' | 'blocked' | 'checking'
  /** Why the last code was not taken. */
  failure: ApiFailure | null
}

export type Proof = {
  /** Who proved to be an administrator, while that holds. */
  readonly current: ReadonlySignal<AdminSession | null>
  /** What is being asked; null: nothing. */
  readonly signIn: ReadonlySignal<SignIn | null>
  /** Where the sign-in window leads, for a link beside a blocked window; null until it is known. */
  readonly address: ReadonlySignal<string | null>
  /** A token that is still good for a moment, or undefined. */
  token(): string | undefined
  /** Asks for the proof and waits: true once it is there, false when the person declines. */
  ask(purpose: SignInPurpose): Promise<boolean>
  /** Opens the window; must be called in the person's click. */
  openWindow(): void
  /** A code that was pasted by hand. */
  submit(code: string): Promise<void>
  decline(): void
  /** A proof that came with another answer, such as that of a new install key. */
  adopt(session: AdminSession): void
  /** Forgets the proof, such as when the Worker no longer takes it. */
  drop(): void
}

export type ProofDeps = {
  http: Http
  origin: string
  windows: WindowDoor
  clock: Clock
  verifier: () => Promise<Verifier>
  where: { portalId: string; dataCentre: string; locale: string; origin: string }
  /** Somebody has just signed in, for this purpose. */
  onProven: (purpose: SignInPurpose) => void
}

const LEEWAY_MS = 2_000
const NOT_SIGNED_IN: ApiFailure = { kind: 'http', status: 401, code: 'administration.not_signed_in', message: '' }

/** The failure of a change that the person did not sign in for. */
export function notSignedIn(): ApiResult<never> {
  return fail(NOT_SIGNED_IN)
}

const readSession = settingsShape('adminSession')
const readMessage = settingsShape('signInMessage')

/**
 * The administrator's proof. The verifier is kept in this page's memory alone: the code that the window gives is worth nothing to
 * anybody else.
 */
export function createProof({ http, origin, windows, clock, verifier, where, onProven }: ProofDeps): Proof {
  const current = signal<AdminSession | null>(null)
  const signIn = signal<SignIn | null>(null)
  const address = signal<string | null>(null)
  let secret: Verifier | undefined
  let opened: OpenedWindow | null = null
  let settle: ((isThere: boolean) => void)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function put(change: Partial<SignIn>): void {
    const asked = signIn.peek()
    if (asked !== null) signIn.value = { ...asked, ...change }
  }

  async function prepare(purpose: SignInPurpose): Promise<void> {
    address.value = null
    const made = await verifier()
    if (signIn.peek()?.purpose !== purpose) return
    secret = made
    address.value = signInUrl(origin, { ...where, purpose, challenge: made.challenge })
  }

  function end(isThere: boolean): void {
    signIn.value = null
    address.value = null
    secret = undefined
    opened?.close()
    opened = null
    const waiting = settle
    settle = []
    for (const tell of waiting) tell(isThere)
  }

  function drop(): void {
    clearTimeout(timer)
    current.value = null
  }

  function take(session: AdminSession): void {
    clock.sync(session.now)
    current.value = session
    clearTimeout(timer)
    timer = setTimeout(drop, Math.max(0, Date.parse(session.expiresAt) - clock.read() - LEEWAY_MS))
  }

  async function submit(code: string): Promise<void> {
    const asked = signIn.peek()
    if (asked === null || secret === undefined || asked.state === 'checking') return
    const { verifier: own } = secret
    put({ state: 'checking', failure: null })
    const body = { code: cleanCode(code), verifier: own }
    const answer = await http.ask(readSession, { method: 'POST', path: '/api/admin/session', token: '', body })
    if (signIn.peek() === null) return
    if (answer.ok) {
      take(answer.value)
      end(true)
      return onProven(asked.purpose)
    }
    // The verifier stays: the right code may still stand in the window, and a new window may be opened with the same hash.
    put({ state: 'asked', failure: answer.error })
  }

  windows.listen((data) => {
    const message = readMessage(data)
    if (message !== undefined) void submit(message.code)
  })

  return {
    current,
    signIn,
    address,
    token() {
      const held = current.peek()
      return held !== null && Date.parse(held.expiresAt) > clock.read() + LEEWAY_MS ? held.token : undefined
    },
    ask(purpose) {
      if (signIn.peek() === null || signIn.peek()?.purpose !== purpose) {
        signIn.value = { purpose, state: 'asked', failure: null }
        void prepare(purpose)
      }
      return new Promise((resolve) => settle.push(resolve))
    },
    openWindow() {
      const url = address.peek()
      if (url === null) return
      opened = windows.open(url)
      put({ state: opened === null ? 'blocked' : 'waiting', failure: null })
    },
    submit,
    decline: () => end(false),
    adopt: take,
    drop,
  }
}
