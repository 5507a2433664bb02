import { describe, expect, it } from 'vitest'
import { MAX_TEXT_CHARACTERS } from '../../../../contract/index.ts'
import { refusal } from '../../../test/fixtures.ts'
import {
  canSend,
  countCharacters,
  countOf,
  isSendKey,
  MAX_CHARACTERS,
  markOfKey,
  toggleMark,
} from './composer.model.ts'
import { refusalWord } from './refusal.model.ts'

const key = (facts: Partial<Parameters<typeof isSendKey>[0]>) => ({
  key: 'Enter',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 13,
  ...facts,
})

describe('counting', () => {
  it('has the contract’s limit', () => {
    expect(MAX_CHARACTERS).toBe(MAX_TEXT_CHARACTERS)
  })

  it('counts characters, not bytes or halves', () => {
    expect(countCharacters('日本語')).toBe(3)
    expect(countCharacters('😀'.repeat(4096))).toBe(4096)
    expect(canSend('😀'.repeat(4096))).toBe(true)
    expect(canSend('😀'.repeat(4097))).toBe(false)
  })

  it.each([
    ['', 0, 0, 'quiet'],
    ['  hello \n', 5, 0, 'quiet'],
    ['x'.repeat(3_950), 3_950, 0, 'warning'],
    ['x'.repeat(4_100), 4_100, 4, 'danger'],
  ])('%#', (text, characters, over, tone) => {
    expect(countOf(text)).toEqual({ characters, over, tone })
  })

  it('sends nothing blank', () => {
    expect([canSend(''), canSend(' \n\t'), canSend('.')]).toEqual([false, false, true])
  })
})

describe('Enter', () => {
  it.each([
    ['sends', {}, true],
    ['with Shift breaks the line', { shiftKey: true }, false],
    ['chooses a word while an input method composes', { isComposing: true }, false],
    ['chooses a word in Safari too', { keyCode: 229 }, false],
    ['with Ctrl sends as well', { ctrlKey: true }, true],
    ['is no other key', { key: 'a' }, false],
  ])('%s', (_, facts, sends) => {
    expect(isSendKey(key(facts))).toBe(sends)
  })
})

describe('marks', () => {
  it.each([
    [{ key: 'b', ctrlKey: true }, '*'],
    [{ key: 'i', metaKey: true }, '_'],
    [{ key: 'X', ctrlKey: true, shiftKey: true }, '~'],
    [{ key: 'x', ctrlKey: true }, null],
    [{ key: 'b' }, null],
    [{ key: 'b', ctrlKey: true, altKey: true }, null],
  ])('%j', (facts, mark) => {
    expect(markOfKey(key(facts))).toBe(mark)
  })

  it.each([
    ['a word', { text: 'say hello now', start: 4, end: 9 }, { text: 'say *hello* now', start: 5, end: 10 }],
    [
      'a word with its blanks',
      { text: 'say hello now', start: 3, end: 10 },
      { text: 'say *hello* now', start: 5, end: 10 },
    ],
    ['a marked word', { text: 'say *hello* now', start: 5, end: 10 }, { text: 'say hello now', start: 4, end: 9 }],
    ['nothing', { text: 'ab', start: 1, end: 1 }, { text: 'a**b', start: 2, end: 2 }],
  ])('around %s', (_, { text, start, end }, marked) => {
    expect(toggleMark(text, start, end, '*')).toEqual(marked)
  })
})

it.each([
  [refusal(409, 'messages.window_closed'), 'refusal.window'],
  [refusal(422, 'messages.text_too_long'), 'refusal.tooLong'],
  [refusal(422, 'messages.quote_not_found'), 'refusal.quote'],
  [refusal(403, 'sessions.role_too_low'), 'refusal.role'],
  [refusal(401, 'sessions.expired'), 'refusal.session'],
  [refusal(404, 'messages.not_found'), 'refusal.notVisible'],
  [refusal(422, 'quota.trial_used'), null],
])('a refusal %j is explained by %s', (failure, word) => {
  expect(refusalWord(failure)).toBe(word)
})
