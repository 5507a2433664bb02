import { describe, expect, it } from 'vitest'
import { splitBody } from './split.ts'

const change = (phoneNumberId: string, ...ids: string[]) => ({
  field: 'messages',
  value: { metadata: { phone_number_id: phoneNumberId }, messages: ids.map((id) => ({ id })) },
})
const review = { field: 'account_review_update', value: { decision: 'APPROVED' } }
const body = (...entry: unknown[]) => JSON.stringify({ object: 'whatsapp_business_account', entry })
const lanes = (text: string) => splitBody(text).map(({ lane, units }) => [lane, units])

describe('a body', () => {
  it('for one number goes to its lane as it came', () => {
    const text = ` ${body({ id: '700100', changes: [change('800100', 'a', 'b'), change('800100', 'c')] })}\n`
    expect(splitBody(text)).toEqual([{ lane: 'number:800100', units: 3, text }])
  })

  it('for several numbers, accounts and nobody is split, and nothing of it is lost', () => {
    const text = body(
      { id: '700100', time: 5, changes: [change('800100', 'a'), review, change('800200', 'b')] },
      { id: '700900', changes: [change('800900', 'c'), { field: 'x', value: 'no object' }] },
      { id: 'not-a-number', changes: [review] },
      'no entry',
    )
    expect(lanes(text)).toEqual([
      ['number:800100', 1],
      ['account:700100', 1],
      ['number:800200', 1],
      ['number:800900', 1],
      ['account:700900', 1],
      ['unrouted', 2],
    ])
    for (const part of splitBody(text)) expect(lanes(part.text)).toEqual([[part.lane, part.units]])
    expect(splitBody(text)[1]?.text).toContain('"time":5')
  })

  it.each(['', 'no json', '[]', '{}', '{"entry":[]}', 'null', '"text"'])(
    'that is %j is kept as one unrouted part',
    (text) => {
      expect(splitBody(text)).toEqual([{ lane: 'unrouted', units: 1, text }])
    },
  )

  it('nested beyond all reason loses nothing', () => {
    const depth = 300_000
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
    const text = body({ id: '1', changes: [review] }, { id: '2', changes: [review] }).replace('"APPROVED"', deep)
    const parts = splitBody(text)
    expect(parts.reduce((sum, part) => sum + part.text.length, 0)).toBeGreaterThanOrEqual(depth * 2)
  })
})
