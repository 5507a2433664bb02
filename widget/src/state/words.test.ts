import { expect, it, vi } from 'vitest'
import { createWords } from './words.ts'

it('says what Desk passed', () => {
  const load = vi.fn()
  const words = createWords('en', { 'action.send': 'Send it', 'announce.one': '{name}: {summary}' }, load)
  expect(words.t('action.send')).toBe('Send it')
  expect(words.t('announce.one', { name: 'Ana', summary: 'Hi' })).toBe('Ana: Hi')
  expect(load).not.toHaveBeenCalled()
})

it('looks a missing word up in the package, in the language first and then in English', async () => {
  const files: Record<string, Record<string, string>> = {
    en: { 'action.send': 'Send', 'action.close': 'Close' },
    ja: { 'action.send': '送信' },
  }
  const words = createWords('ja', {}, (code) => {
    const file = files[code]
    return file === undefined ? undefined : async () => file
  })
  expect(words.t('action.send')).toBe('…')
  await vi.waitFor(() => expect(words.t('action.send')).toBe('送信'), { timeout: 10_000 })
  expect(words.t('action.close')).toBe('Close')
})

it('shows a broken word as it is rather than nothing', () => {
  expect(createWords('en', { 'announce.many': '{count, plural' }).t('announce.many', { count: 2 })).toBe(
    '{count, plural',
  )
})

it('keeps a name that runs the other way from turning the sentence', () => {
  const words = createWords('en', { 'presence.viewing': '{name} is viewing' })
  expect(words.t('presence.viewing', { name: 'سكورا' })).toBe('\u2068سكورا\u2069 is viewing')
})
