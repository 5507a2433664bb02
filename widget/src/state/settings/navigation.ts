import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { SetupView } from '../../../../contract/index.ts'

export const SETTINGS_PAGES = ['overview', 'numbers', 'audit'] as const
export type Page = (typeof SETTINGS_PAGES)[number]

/** What the wizard is about: one number (`step`: to change that step of it), a further number of an account, or a further account. */
export type WizardAt =
  | { kind: 'number'; id: string; step?: 'profile' }
  | { kind: 'add'; wabaId: string }
  | { kind: 'connect' }

export type Navigation = {
  /** Null until the person chose one: then what is most needed is shown. */
  readonly page: ReadonlySignal<Page | null>
  /** Null: nobody asked for it; without any channel it is shown all the same. */
  readonly wizard: ReadonlySignal<WizardAt | null>
  /** The number whose archive of the Business app is read. */
  readonly archive: ReadonlySignal<string | null>
  /** The number whose checks are looked for on the overview; null once they are shown. */
  readonly sought: ReadonlySignal<string | null>
  go(page: Page): void
  /** Opens the overview at a number's checks. */
  seek(phoneNumberId: string): void
  endSeeking(): void
  openWizard(at: WizardAt): void
  closeWizard(): void
  openArchive(phoneNumberId: string): void
  closeArchive(): void
  /** Goes on after an account was connected, where there is something left to set up; else back to the channels. */
  connected(setup: SetupView | null, account: { wabaId: string; phoneNumberId: string | null }): void
}

/**
 * What is set up next in an account that was just connected. Null: it was connected again, its numbers are in use already, and what
 * one came for is done.
 */
export function nextOf(
  setup: SetupView | null,
  { wabaId, phoneNumberId }: { wabaId: string; phoneNumberId: string | null },
): WizardAt | null {
  if (phoneNumberId !== null) return { kind: 'number', id: phoneNumberId }
  const numbers = setup?.numbers.filter((number) => number.wabaId === wabaId) ?? []
  if (numbers.some(({ step }) => step === 'done')) return null
  const [first, second] = numbers
  return first !== undefined && second === undefined
    ? { kind: 'number', id: first.phoneNumberId }
    : { kind: 'add', wabaId }
}

export function createNavigation(): Navigation {
  const page = signal<Page | null>(null)
  const wizard = signal<WizardAt | null>(null)
  const archive = signal<string | null>(null)
  const sought = signal<string | null>(null)
  return {
    page,
    wizard,
    archive,
    sought,
    seek: (phoneNumberId) =>
      batch(() => {
        wizard.value = null
        archive.value = null
        page.value = 'overview'
        sought.value = phoneNumberId
      }),
    endSeeking() {
      sought.value = null
    },
    go: (to) =>
      batch(() => {
        wizard.value = null
        archive.value = null
        page.value = to
      }),
    openWizard: (at) =>
      batch(() => {
        page.value = 'numbers'
        archive.value = null
        wizard.value = at
      }),
    closeWizard() {
      wizard.value = null
    },
    openArchive: (phoneNumberId) =>
      batch(() => {
        page.value = 'numbers'
        archive.value = phoneNumberId
      }),
    closeArchive() {
      archive.value = null
    },
    connected(setup, account) {
      wizard.value = nextOf(setup, account)
    },
  }
}
