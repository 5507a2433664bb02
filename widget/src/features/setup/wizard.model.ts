import type { AccountView, NumberView, SetupView } from '../../../../contract/index.ts'
import type { WizardAt } from '../../state/settings/navigation.ts'
import type { WordKey } from '../../state/words.ts'

export const WIZARD_STEPS = ['facebook', 'profile', 'number', 'channel'] as const
export type WizardStep = (typeof WIZARD_STEPS)[number]
export type StepState = 'done' | 'current' | 'todo'

export type WizardView = {
  account: AccountView | null
  number: NumberView | null
  steps: Record<WizardStep, StepState>
  /** The first step that is not done; null when all are. */
  current: WizardStep | null
}

function numberOf(setup: SetupView, at: WizardAt | null): NumberView | null {
  if (at?.kind === 'connect' || at?.kind === 'add') return null
  if (at?.kind === 'number') return setup.numbers.find(({ phoneNumberId }) => phoneNumberId === at.id) ?? null
  const open = setup.numbers.filter(({ step }) => step !== 'done')
  const [first, second] = open
  // Of several that nobody has begun with, the person chooses.
  if (second !== undefined) return open.find(({ code, failure }) => code !== null || failure !== null) ?? null
  return first ?? setup.numbers[0] ?? null
}

function accountOf(setup: SetupView, at: WizardAt | null, number: NumberView | null): AccountView | null {
  if (at?.kind === 'connect') return null
  const wabaId = at?.kind === 'add' ? at.wabaId : number?.wabaId
  return setup.accounts.find((account) => account.wabaId === wabaId) ?? setup.accounts[0] ?? null
}

function isDone(step: WizardStep, account: AccountView | null, number: NumberView | null): boolean {
  switch (step) {
    case 'facebook':
      return account !== null
    case 'profile':
      // A number that is registered already has its name; any other gets it from the draft.
      return account !== null && (account.draft !== null || number?.isRegistered === true)
    case 'number':
      return number !== null && (number.step === 'channel' || number.step === 'done')
    default:
      return number?.step === 'done'
  }
}

/** Where setting up stands. It is read from what is stored, so leaving, coming back and a second tab see the same. */
export function wizardOf(setup: SetupView, at: WizardAt | null): WizardView {
  const number = numberOf(setup, at)
  const account = accountOf(setup, at, number)
  const current = WIZARD_STEPS.find((step) => !isDone(step, account, number)) ?? null
  const stateOf = (step: WizardStep): StepState => {
    if (step === current) return 'current'
    return isDone(step, account, number) ? 'done' : 'todo'
  }
  return {
    account,
    number,
    current,
    steps: {
      facebook: stateOf('facebook'),
      profile: stateOf('profile'),
      number: stateOf('number'),
      channel: stateOf('channel'),
    },
  }
}

/** Numbers of an account that nobody has set up yet, to choose from. */
export function numbersToChoose(setup: SetupView, account: AccountView | null): NumberView[] {
  return setup.numbers.filter(({ wabaId, step }) => wabaId === account?.wabaId && step !== 'done')
}

/**
 * Whether a number can only receive until the business is verified. Before the trial has begun that is certain only of one that is
 * verified later than another; of those that are verified, the one that is set up first gets the trial.
 */
export function isOutsideTrial({ isVerified, standing: { stage, trial } }: NumberView): boolean {
  return stage === 'trial_other_number' && (trial.startedAt !== null || !isVerified)
}

const digits = (text: string): string => text.replaceAll(/\D/g, '')

/** The number that was just added, which the account may have had before. */
export function findNumber(setup: SetupView, added: { countryCode: string; phoneNumber: string }): NumberView | null {
  const national = added.phoneNumber.replace(/^0+/, '')
  const wanted = [added.countryCode + added.phoneNumber, added.countryCode + national]
  return setup.numbers.find(({ displayPhoneNumber }) => wanted.includes(digits(displayPhoneNumber))) ?? null
}

/** Whether setting up has come to an end at least once: then the overview comes first. */
export function isSetUp(setup: SetupView): boolean {
  return setup.channels.items.some(({ state }) => state !== 'removed')
}

/** What the person is about to do, where something works already. */
export function titleOf(setup: SetupView, at: WizardAt | null): WordKey {
  if (at === null || !isSetUp(setup)) return 'setup.title'
  if (at.kind === 'connect') return 'setup.accounts.connect'
  if (at.kind === 'add') return 'setup.account.addNumber'
  return at.step === 'profile' ? 'setup.profile.change' : 'setup.titleNumber'
}

/** No further channel can be made: there is one for each department. Where no department is known, nobody can say. */
export function isFull({ channels: { items, limit } }: SetupView): boolean {
  return limit > 0 && items.filter(({ state }) => state !== 'removed').length >= limit
}
