import type { ConfigItem } from '../pages/page-data.ts'
import type { DeskApi } from './api.ts'
import { showFailure, showToast } from './dialogs.ts'
import { h, listening } from './dom.ts'
import type { Word } from './words.ts'

/** The extension's settings page: its configuration parameters, and its settings widget below. */
export class SettingsView {
  readonly element: HTMLElement
  readonly #api: DeskApi
  readonly #word: (word: Word) => string
  readonly #summary = h('summary', {})
  readonly #forms = h('div', {})

  constructor(items: readonly ConfigItem[], widget: HTMLElement | null, api: DeskApi, word: (word: Word) => string) {
    this.#api = api
    this.#word = word
    this.element = h(
      'main',
      { class: 'settings', 'data-testid': 'settings' },
      h('div', { class: 'heading' }, h('h1', {}, word('settings'))),
      h(
        'details',
        { class: 'config', open: widget === null, 'data-testid': 'config' },
        this.#summary,
        h('p', { class: 'meta' }, items.length === 0 ? word('noConfig') : word('configHint')),
        this.#forms,
        this.#consent(),
      ),
      widget ?? h('p', { class: 'empty', 'data-testid': 'no-settings-widget' }, word('noWidget')),
    )
    this.show(items)
  }

  /** Draws the parameters as they are now; the widget below stays. */
  show(items: readonly ConfigItem[]): void {
    const word = this.#word
    const missing = items.filter((item) => item.value === '').map((item) => item.displayName)
    this.#summary.textContent =
      missing.length === 0
        ? word('configuration')
        : `${word('configuration')} · ${word('notSet')}: ${missing.join(', ')}`
    this.#forms.replaceChildren(...items.map((item) => this.#form(item)))
  }

  /** What an administrator finds at Zoho's accounts, under the connected apps. */
  #consent(): HTMLElement {
    const button = h('button', { type: 'button', 'data-testid': 'withdraw-consent' }, this.#word('withdrawConsent'))
    listening(button, {
      click: () => {
        this.#api
          .withdrawConsent()
          .then(() => showToast('', this.#word('consentWithdrawn'), true))
          .catch(showFailure)
      },
    })
    return h('div', {}, h('p', { class: 'meta' }, this.#word('consentHint')), button)
  }

  #form(item: ConfigItem): HTMLElement {
    const input = h('input', {
      type: item.isSecure ? 'password' : 'text',
      value: item.isSecure ? '' : item.value,
      placeholder: item.value,
      autocomplete: 'off',
      'data-testid': `config-${item.name}`,
    })
    const form = h(
      'form',
      {},
      h('label', {}, h('span', {}, item.displayName), input),
      h('p', { class: 'meta' }, item.description),
      h('button', { class: 'primary', 'data-testid': `config-${item.name}-save` }, this.#word('save')),
    )
    return listening(form, {
      submit: (event) => {
        event.preventDefault()
        this.#api
          .setConfig(item.name, input.value.trim())
          .then(() => showToast('', this.#word('saved'), true))
          .catch(showFailure)
      },
    })
  }
}
