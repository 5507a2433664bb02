import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Session, SetupView } from '../../../../contract/index.ts'
import type { ApiFailure, ApiResult, Method, Reader } from '../../api/http.ts'
import type { Clock } from '../clock.ts'
import type { Dates } from '../dates.ts'
import type { Words } from '../words.ts'
import type { Facebook } from './facebook.ts'
import type { InstallKeyStore } from './install-key.ts'
import type { Navigation, Page } from './navigation.ts'
import type { Proof } from './proof.ts'
import type { SetupCalls } from './setup-calls.ts'
import type { WindowDoor } from './windows.ts'

export type { ApiFailure, ApiResult } from '../../api/http.ts'

/**
 * `signed_out`: neither the install key nor an administrator lets us in. `not_admin`: the person is an agent like others.
 * `failed`: nothing could be read and nothing older is shown.
 */
export type SettingsPhase = 'loading' | 'signed_out' | 'not_admin' | 'failed' | 'ready'

/** Everything the settings pane's components read and do. */
export type Settings = {
  /** The Worker's. */
  readonly origin: string
  readonly words: Words
  readonly dates: Dates
  readonly clock: Clock
  readonly isOnline: ReadonlySignal<boolean>
  readonly phase: ReadonlySignal<SettingsPhase>
  /** Why reading failed last; null once it worked again. */
  readonly failure: ReadonlySignal<ApiFailure | null>
  /** All that the Worker says of the set-up; null before it was first read. */
  readonly setup: ReadonlySignal<SetupView | null>
  readonly proof: Proof
  readonly navigation: Navigation
  readonly windows: WindowDoor
  readonly calls: SetupCalls
  readonly facebook: Facebook
  readonly installKey: InstallKeyStore
  /** Reads the set-up again; called after each change. */
  reload(): Promise<void>
  /** Reads with the administrator's proof, or with the admin's session where there is none. */
  read<T>(read: Reader<T>, path: string): Promise<ApiResult<T>>
  /**
   * Changes something, which takes an administrator's proof: without one the person is asked to sign in, then the call goes on.
   * Declined: the code `administration.not_signed_in`. A `Blob` goes as it is.
   */
  change<T>(read: Reader<T>, method: Method, path: string, body?: unknown): Promise<ApiResult<T>>
  /** Opens a session through Desk's proxy, as a ticket's panel does: whether the install key in Desk is the right one. */
  tryInstallKey(): Promise<ApiResult<Session>>
  go(page: Page, phoneNumberId?: string): void
}

const SettingsContext = createContext<Settings | null>(null)

export const SettingsProvider = SettingsContext.Provider

export function useSettings(): Settings {
  const settings = useContext(SettingsContext)
  if (settings === null) throw new Error('A component of the settings pane stands outside of it.')
  return settings
}
