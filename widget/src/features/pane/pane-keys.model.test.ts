import { expect, it } from 'vitest'
import { isShortcutsKey } from './pane-keys.model.ts'

const element = (tagName: string): EventTarget => Object.assign(new EventTarget(), { tagName })

it.each([
  ['anywhere', { key: '?' }, true],
  ['on a message', { key: '?', target: element('ARTICLE') }, true],
  ['in the box, where it is a letter', { key: '?', target: element('TEXTAREA') }, false],
  ['with Ctrl', { key: '?', ctrlKey: true }, false],
  ['as another key', { key: 'h' }, false],
])('? %s', (_, facts, shows) => {
  const event = { ctrlKey: false, metaKey: false, altKey: false, target: null, ...facts }
  expect(isShortcutsKey(event)).toBe(shows)
})
