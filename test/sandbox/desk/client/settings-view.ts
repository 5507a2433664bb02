import type { DeskApi } from './api.ts'
import { showFailure, showToast } from './dialogs.ts'
import { h, listening } from './dom.ts'
import type { ConfigItem } from '../pages/page-data.ts'
import type { Word } from './words.ts'

/** The extension's settings page: its configuration parameters, and its settings widget below. */
export function settingsView(
  items: readonly ConfigItem[],
  widget: HTMLElement | null,
  api: DeskApi,
  word: (word: Word) => string,
): HTMLElement {
  return h(
    'main',
    { class: 'settings', 'data-testid': 'settings' },
    h('div', { class: 'heading' }, h('h1', {}, word('settings'))),
    h(
      'details',
      { class: 'config', open: widget === null, 'data-testid': 'config' },
      h('summary', {}, word('configuration')),
      h('p', { class: 'meta' }, items.length === 0 ? word('noConfig') : word('configHint')),
      ...items.map((item) => configForm(item, api, word)),
    ),
    widget ?? h('p', { class: 'empty', 'data-testid': 'no-settings-widget' }, word('noWidget')),
  )
}

function configForm(item: ConfigItem, api: DeskApi, word: (word: Word) => string): HTMLElement {
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
    h('button', { class: 'primary', 'data-testid': `config-${item.name}-save` }, word('save')),
  )
  return listening(form, {
    submit: (event) => {
      event.preventDefault()
      api
        .setConfig(item.name, input.value)
        .then(() => showToast('', word('saved'), true))
        .catch(showFailure)
    },
  })
}
