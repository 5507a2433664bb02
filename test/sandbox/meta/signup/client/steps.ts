import { action, h } from '../../phone/client/dom.ts'
import type { DialogView } from '../view-types.ts'

export type Handlers = {
  act: (action: object) => void
  cancel: () => void
  report: (message: string) => void
  close: () => void
}

type Child = Node | string | undefined

const HEADINGS: Record<DialogView['step'], string> = {
  LOGIN: 'Log in to Facebook',
  BUSINESS_ACCOUNT_SELECTION: 'Select a business portfolio',
  WABA_PHONE_PROFILE_PICKER: 'Select a WhatsApp Business account and a phone number',
  WHATSAPP_BUSINESS_PROFILE_SETUP: 'Create your WhatsApp Business profile',
  PHONE_NUMBER_SETUP: 'Add a phone number',
  PHONE_NUMBER_VERIFICATION: 'Verify your phone number',
  PERMISSIONS: 'Review what you share',
  DONE: 'Your account is connected',
}

/** The form of the step at hand, with what can be done at every step below it. */
export function stepForm(view: DialogView, handlers: Handlers): HTMLElement {
  const heading =
    view.isCoexistence && view.step === 'PHONE_NUMBER_SETUP' ? 'Connect your Business app' : HEADINGS[view.step]
  const form = h('form', { 'data-testid': `es-step-${view.step}` }, h('h1', { tabindex: '-1' }, heading))
  if (view.step !== 'LOGIN') form.append(h('p', { class: 'soft' }, `${view.userName} · ${view.appName}`))
  if (view.problem !== null)
    form.append(h('p', { class: 'problem', role: 'alert', 'data-testid': 'es-problem' }, view.problem))
  form.append(...fieldsOf(view, handlers).filter((child) => child !== undefined))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit(view, new FormData(form), handlers)
  })
  if (view.step === 'DONE') return form
  const report = h('input', {
    type: 'text',
    placeholder: 'What went wrong?',
    'aria-label': 'What went wrong?',
    'data-testid': 'es-report-text',
  })
  form.append(
    h('div', { class: 'row' }, action('Cancel', { class: 'quiet', 'data-testid': 'es-cancel' }, handlers.cancel)),
    h('h2', {}, 'Report a problem'),
    h(
      'div',
      { class: 'row' },
      h('label', {}, report),
      action('Report and leave', { class: 'quiet', 'data-testid': 'es-report' }, () => handlers.report(report.value)),
    ),
  )
  return form
}

function fieldsOf(view: DialogView, handlers: Handlers): Child[] {
  switch (view.step) {
    case 'LOGIN':
      return [
        group(
          'Continue as',
          view.users.map(({ id, name }) => choice('userId', id, name)),
        ),
        next('Continue'),
      ]
    case 'BUSINESS_ACCOUNT_SELECTION':
      return [
        group('Business portfolio', [
          ...view.businesses.map(({ id, name, status }) => choice('businessId', id, `${name} (${status})`)),
          choice('businessId', '', 'Create a business portfolio'),
        ]),
        field('Name of the new business portfolio', 'name'),
        next('Next'),
      ]
    case 'WABA_PHONE_PROFILE_PICKER':
      return [accountsOf(view), next('Next')]
    case 'WHATSAPP_BUSINESS_PROFILE_SETUP':
      return [
        view.asks.accountName ? field('WhatsApp Business account name', 'accountName') : undefined,
        view.asks.displayName ? field('WhatsApp Business display name', 'displayName') : undefined,
        next('Next'),
      ]
    case 'PHONE_NUMBER_SETUP':
      return view.isCoexistence ? businessAppFields() : numberFields(handlers)
    case 'PHONE_NUMBER_VERIFICATION':
      return codeFields(view, handlers)
    case 'PERMISSIONS':
      return [
        h('p', {}, `${view.appName} will be able to:`),
        h('ul', {}, ...view.permissions.map((permission) => h('li', {}, permission))),
        next('Confirm', 'es-confirm'),
      ]
    case 'DONE':
      return [
        h('p', {}, view.isHosted ? 'You can close this page and go back to Kaiwa.' : 'This window can be closed.'),
        view.isHosted && view.wabaId !== null
          ? h(
              'p',
              { 'data-testid': 'es-waba-id' },
              `In Meta's Business settings this account has the ID ${view.wabaId}.`,
            )
          : undefined,
        view.isHosted ? undefined : action('Finish', { 'data-testid': 'es-finish' }, handlers.close),
      ]
  }
}

/** One list of every way on: a number that is there, a new one, or none; in an account that is there or a new one. */
function accountsOf(view: DialogView): HTMLElement {
  const known = view.accounts.flatMap(({ id, name, numbers }) => [
    ...numbers.map((number) => {
      const label = `${name}: ${number.display} ${number.name}${number.isVerified ? '' : ' (not verified)'}`
      return choice('pick', `${id} ${number.id}`, label)
    }),
    choice('pick', `${id} new`, `${name}: add a new number`),
    choice('pick', `${id} none`, `${name}: without a number for now`),
  ])
  return group('WhatsApp Business account', [
    ...known,
    choice('pick', ' new', 'New account with a new number'),
    choice('pick', ' none', 'New account without a number for now'),
  ])
}

function numberFields({ act }: Handlers): Child[] {
  return [
    h(
      'div',
      { class: 'row' },
      field('Country code', 'cc', { value: '44', inputmode: 'numeric' }),
      field('Phone number', 'phone', { type: 'tel', autocomplete: 'tel-national' }),
    ),
    group('How should the code reach you?', [
      choice('method', 'SMS', 'Text message'),
      choice('method', 'VOICE', 'Phone call'),
    ]),
    next('Next'),
    action('Add a phone number later', { class: 'quiet', 'data-testid': 'es-later' }, () => act({ do: 'later' })),
  ]
}

function businessAppFields(): Child[] {
  return [
    h('p', {}, 'Enter the number of your WhatsApp Business app. In reality you would now scan a code with it.'),
    field('Phone number of the Business app', 'phone', { type: 'tel' }),
    h(
      'label',
      { class: 'choice' },
      h('input', { type: 'checkbox', name: 'sharesHistory', checked: true, 'data-testid': 'es-history' }),
      'Share my chat history',
    ),
    next('Connect'),
  ]
}

function codeFields(view: DialogView, { act }: Handlers): Child[] {
  return [
    h(
      'p',
      {},
      `A code of 6 digits is on its way to ${view.number?.display ?? ''}. The sandbox shows it on the phone page.`,
    ),
    field('Code', 'code', { inputmode: 'numeric', autocomplete: 'one-time-code' }),
    next('Next'),
    action('Send it again', { class: 'quiet', 'data-testid': 'es-resend' }, () => act({ do: 'resend', method: 'SMS' })),
    action('Verify later', { class: 'quiet', 'data-testid': 'es-later' }, () => act({ do: 'later' })),
  ]
}

function submit(view: DialogView, given: FormData, { act }: Handlers): void {
  const value = (name: string): string => {
    const text = given.get(name)
    return typeof text === 'string' ? text : ''
  }
  switch (view.step) {
    case 'LOGIN':
      return act({ do: 'login', userId: value('userId') })
    case 'BUSINESS_ACCOUNT_SELECTION': {
      const businessId = value('businessId')
      return act({ do: 'business', ...(businessId === '' ? { name: value('name') } : { businessId }) })
    }
    case 'WABA_PHONE_PROFILE_PICKER': {
      const [wabaId = '', number = 'none'] = value('pick').split(' ')
      return act({ do: 'pick', number, ...(wabaId === '' ? {} : { wabaId }) })
    }
    case 'WHATSAPP_BUSINESS_PROFILE_SETUP':
      return act({ do: 'profile', accountName: value('accountName'), displayName: value('displayName') })
    case 'PHONE_NUMBER_SETUP':
      return view.isCoexistence
        ? act({ do: 'app', phone: value('phone'), sharesHistory: value('sharesHistory') === 'on' })
        : act({ do: 'number', cc: value('cc'), phone: value('phone'), method: value('method') })
    case 'PHONE_NUMBER_VERIFICATION':
      return act({ do: 'code', code: value('code').trim() })
    case 'PERMISSIONS':
      return act({ do: 'confirm' })
    case 'DONE':
  }
}

function group(legend: string, choices: HTMLElement[]): HTMLElement {
  choices[0]?.querySelector('input')?.setAttribute('checked', '')
  return h('fieldset', {}, h('legend', {}, legend), ...choices)
}

/** A radio button; its test id is the field's and the value's. */
function choice(name: string, value: string, label: string): HTMLElement {
  const input = h('input', {
    type: 'radio',
    name,
    value,
    'data-testid': `es-${name}-${value.trim().replace(' ', '-') || 'new'}`,
  })
  return h('label', { class: 'choice' }, input, label)
}

function field(label: string, name: string, more: Record<string, string> = {}): HTMLElement {
  return h('label', {}, label, h('input', { type: 'text', name, 'data-testid': `es-${name}`, ...more }))
}

function next(label: string, testId = 'es-next'): HTMLElement {
  return h('button', { type: 'submit', 'data-testid': testId }, label)
}
