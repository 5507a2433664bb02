import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'

export const SETTINGS_PAGES = ['overview', 'numbers', 'audit'] as const
export type Page = (typeof SETTINGS_PAGES)[number]

/** Which number the wizard is about; `phoneNumberId` null: one that is still to be chosen. */
export type WizardAt = { phoneNumberId: string | null; isNew: boolean }

export type Navigation = {
  /** Null until the person chose one: then what is most needed is shown. */
  readonly page: ReadonlySignal<Page | null>
  /** Null: the wizard is not open by choice. */
  readonly wizard: ReadonlySignal<WizardAt | null>
  go(page: Page): void
  openWizard(at: WizardAt): void
  closeWizard(): void
}

export function createNavigation(): Navigation {
  const page = signal<Page | null>(null)
  const wizard = signal<WizardAt | null>(null)
  return {
    page,
    wizard,
    go(to) {
      wizard.value = null
      page.value = to
    },
    openWizard(at) {
      page.value = 'numbers'
      wizard.value = at
    },
    closeWizard() {
      wizard.value = null
    },
  }
}
