import { expect, it } from 'vitest'
import { alertUrl, sparkline } from './overview.model.ts'

it('draws the hours from left to right, the most at the top', () => {
  expect(sparkline([0, 5, 10], 100, 20)).toBe('M0 20L50 10L100 0')
  expect(sparkline([0, 0], 100, 20)).toBe('M0 20L100 20')
  expect(sparkline([], 100, 20)).toBe('')
})

it.each([
  ['', { ok: true, url: null }],
  ['  ', { ok: true, url: null }],
  [' https://example.com/alerts ', { ok: true, url: 'https://example.com/alerts' }],
  ['http://example.com', { ok: false }],
  ['example.com', { ok: false }],
  [`https://example.com/${'x'.repeat(500)}`, { ok: false }],
])('takes %j as %o', (text, url) => {
  expect(alertUrl(text)).toEqual(url)
})
