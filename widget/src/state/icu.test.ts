import { describe, expect, it } from 'vitest'
import { formatIcu, parseIcu } from './icu.ts'

const formats = { number: new Intl.NumberFormat('en'), plural: new Intl.PluralRules('en') }
const say = (word: string, values = {}): string => formatIcu(parseIcu(word), values, formats)

describe('a message', () => {
  it.each([
    ['plain', {}, 'plain'],
    ['Hello {name}!', { name: 'Ana' }, 'Hello Ana!'],
    ['{n, number} left', { n: 12345 }, '12,345 left'],
    ['{n, plural, one {# day} other {# days}}', { n: 1 }, '1 day'],
    ['{n, plural, one {# day} other {# days}}', { n: 2000 }, '2,000 days'],
    ['{n, plural, =0 {none} one {one} other {many}}', { n: 0 }, 'none'],
    ['{k, select, a {A} other {else}}', { k: 'a' }, 'A'],
    ['{k, select, a {A} other {else}}', { k: 'z' }, 'else'],
    ['{n, plural, other {{k, select, other {# of {name}}}}}', { n: 3, name: 'x' }, '3 of x'],
    ["it's {name}’s", { name: 'Ken' }, "it's Ken’s"],
    ["'{'name'}' ''quoted''", {}, "{name} 'quoted'"],
    ['{missing}', {}, ''],
    ['<b>{name}</b>', { name: '<i>' }, '<b><i></b>'],
  ])('%s', (word, values, text) => {
    expect(say(word, values)).toBe(text)
  })

  it.each([
    '{',
    '{a',
    '{a,',
    '{a, plural, one {x}}',
    '{a, date}',
    'a}',
    '{a, number, percent}',
    '{n, plural, other {x}',
  ])('that is broken or needs more of ICU is refused: %s', (word) => {
    expect(() => parseIcu(word)).toThrow(SyntaxError)
  })
})
