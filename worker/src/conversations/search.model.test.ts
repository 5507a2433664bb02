import { describe, expect, it } from 'vitest'
import { contactMatch } from './search.model.ts'

const index = (...phrases: string[]) => ({
  by: 'index',
  expression: phrases.map((phrase) => `"${phrase}"`).join(' AND '),
})

describe('looking for contacts', () => {
  it.each([
    ['nothing asked', undefined, { by: 'nothing' }],
    ['only spaces', ' \t\u200B ', { by: 'nothing' }],
    ['a name', 'Tanaka', index('Tanaka')],
    ['two names in any order', '  Tanaka   Sakura ', index('Tanaka', 'Sakura')],
    ['a short word keeps the phrase together', 'de la Cruz', index('de la Cruz')],
    ['a quote sign', 'O"Brien', index('O""Brien')],
    ['words that mean something to the index', 'NEAR AND OR', index('NEAR AND OR')],
    ['an international number', '+44 20 7946 0101', index('442079460101')],
    ['the same dialled from abroad', '0044 (20) 7946-0101', index('442079460101')],
    ['the same in its country', '020 7946 0101', index('2079460101')],
    ['a number copied with directional marks', '\u202A+44 20 7946 0101\u202C', index('442079460101')],
    ['a name with a joiner', 'علی\u200Cرضا', index('علی\u200Cرضا')],
    ['a trunk 8 for +7', '8 (912) 345-67-89', { by: 'index', expression: '"89123456789" OR "79123456789"' }],
    ['the end of a number', '0101', index('101')],
    ["Meta's user id", 'US.13491208655302741918', index('US.13491208655302741918')],
    ['two letters', '田中', { by: 'parts', pattern: '%田中%' }],
    ['signs that mean something to LIKE', '%_', { by: 'parts', pattern: '%\\%\\_%' }],
    ['two digits', '+44', { by: 'parts', pattern: '%44%' }],
    ['only zeros', '000', index('000')],
    ['signs of a number without a digit', '+-()', index('+-()')],
    ['one emoji', '🙂', { by: 'parts', pattern: '%🙂%' }],
    ['a lone surrogate', 'ab\uD800', index('ab\uFFFD')],
  ])('%s', (_, query, expected) => {
    expect(contactMatch(query)).toEqual(expected)
  })
})
