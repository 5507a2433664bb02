import { expect, it } from 'vitest'
import { pseudoLocale } from './pseudo-locale.ts'

it('turns words around and leaves ICU alone', () => {
  const turned = pseudoLocale({
    a: 'Open {name}',
    b: '{count, plural, one {# day} other {# days}}',
    c: "it's {n, number}",
  })
  expect(turned.a).toMatch(/^[\u0600-\u06FF]+ \{name\}$/)
  expect(turned.b).toMatch(/^\{count, plural, one \{# [\u0600-\u06FF]+\} other \{# [\u0600-\u06FF]+\}\}$/)
  expect(turned.c).toContain("''")
  expect(turned.c).toContain('{n, number}')
})
