import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { SetupView } from '../../../../contract/index.ts'
import type { ApiFailure } from '../../api/http.ts'
import type { SetupCalls } from './setup-calls.ts'
import type { Settings } from './settings.ts'

export type KeyCheck = 'none' | 'checking' | 'works' | 'fails'

export type InstallKeyStore = {
  /** The key that is to be pasted; kept in this page's memory until it was seen to work. */
  readonly shown: ReadonlySignal<string | null>
  readonly check: ReadonlySignal<KeyCheck>
  /** Makes a new key; the one before stops working. */
  make(): Promise<ApiFailure | null>
  /** Opens a session as a ticket's panel does. */
  tryOut(): Promise<void>
}

/** Nothing is left to do about the key. */
export function isKeySettled(desk: SetupView['desk']): boolean {
  return desk.keyUsedAt !== null || desk.isKeyPlaced
}

export function createInstallKey(
  calls: Pick<SetupCalls, 'replaceInstallKey'>,
  { tryInstallKey, reload }: Pick<Settings, 'tryInstallKey' | 'reload'>,
): InstallKeyStore {
  const shown = signal<string | null>(null)
  const check = signal<KeyCheck>('none')
  return {
    shown,
    check,
    async make() {
      const answer = await calls.replaceInstallKey()
      if (!answer.ok) return answer.error
      shown.value = answer.value.isPlaced ? null : answer.value.installKey
      check.value = 'none'
      return null
    },
    async tryOut() {
      check.value = 'checking'
      const answer = await tryInstallKey()
      check.value = answer.ok ? 'works' : 'fails'
      if (!answer.ok) return
      shown.value = null
      await reload()
    },
  }
}
