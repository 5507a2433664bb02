import { describe, expect, it } from 'vitest'
import type { WordsInput } from '../../scripts/gate/words.ts'
import { findWordProblems } from '../../scripts/gate/words.ts'

const good: WordsInput = {
  dictionaries: {
    en: { 'thread.count': '{count, plural, one {# message} other {# messages}}', 'status.sent': 'Sent to {name}' },
    ja: { 'thread.count': '{count, plural, other {#件}}', 'status.sent': '{name}に送信しました' },
  },
  locales: ['en', 'ja'],
  sources: [`t('thread.count', { count })`, 'words.t(`status.${status}`)'],
}

const with_ = (locale: string, words: Record<string, string>): WordsInput => ({
  ...good,
  dictionaries: { ...good.dictionaries, [locale]: { ...good.dictionaries[locale], ...words } },
})

describe('the check of translations', () => {
  it('accepts complete ones', () => {
    expect(findWordProblems(good)).toEqual([])
  })

  it.each<[string, WordsInput, string]>([
    ['a key nobody uses', with_('en', { 'old.key': 'Old' }), 'old.key: no source names this key'],
    ['a key that is missing', { ...good, sources: [...good.sources, `t('new.key')`] }, 'new.key: used, but not in'],
    ['a word that is missing', with_('en', { 'status.read': 'Read' }), 'ja status.read: missing'],
    ['an empty word', with_('ja', { 'status.sent': ' ' }), 'ja status.sent: empty'],
    ['a word English lacks', with_('ja', { 'status.lost': 'x' }), 'ja status.lost: not in en.json'],
    ['a placeholder that differs', with_('ja', { 'status.sent': '{nmae}に' }), 'ja status.sent: placeholders differ'],
    [
      'a placeholder of another kind',
      with_('ja', { 'thread.count': '{count}件' }),
      'ja thread.count: placeholders differ',
    ],
    [
      'a placeholder missing in a branch',
      with_('ja', { 'status.sent': '送信' }),
      'ja status.sent: placeholders differ',
    ],
    ['a broken message', with_('en', { 'status.sent': 'Sent to {name' }), 'en status.sent: not a valid ICU message'],
    ['a locale without a file', { ...good, locales: ['en', 'ja', 'de'] }, 'de: in the manifest, but has no file'],
    ['a file the manifest does not list', { ...good, locales: ['en'] }, 'ja: has a file, but is not in the manifest'],
  ])('reports %s', (_, input, expected) => {
    expect(findWordProblems(input).join('\n')).toContain(expected)
  })
})
