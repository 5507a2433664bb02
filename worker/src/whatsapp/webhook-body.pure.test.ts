import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageContentSchema, messageExtrasSchema } from '../../../contract/index.ts'
import { normaliseUnit } from './normalise.ts'
import { summaryOf } from './summary.ts'
import { bodyOfUnit, changesOf, parseWebhookBody, unitsOf } from './webhook-body.ts'

const change = (value: object, field = 'messages') => ({ field, value })
const body = (...changes: object[]) => ({ object: 'whatsapp_business_account', entry: [{ id: '700100', changes }] })
const metadata = { phone_number_id: '800100' }

describe('a webhook body', () => {
  it('keeps numbers that JavaScript cannot hold', () => {
    expect(parseWebhookBody('{"id":12345678901234567890,"small":42,"text":"1234567890123456789"}')).toEqual({
      id: '12345678901234567890',
      small: 42,
      text: '1234567890123456789',
    })
  })

  it('that is no JSON is undefined', () => {
    expect(parseWebhookBody('{"a":')).toBe(undefined)
    expect(parseWebhookBody('')).toBe(undefined)
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'hello'],
    ['a list', []],
    ['no entry', { object: 'whatsapp_business_account' }],
    ['an empty entry list', { entry: [] }],
    ['an entry that is a text', { entry: ['x'] }],
    ['an entry without changes', { entry: [{ id: '700100' }] }],
    ['an entry with an empty list', { entry: [{ id: '700100', changes: [] }] }],
    ['a change that is no object', { entry: [{ id: '700100', changes: [null] }] }],
    ['a change without a field', { entry: [{ id: '700100', changes: [{ value: {} }] }] }],
    ['a value that is no object', { entry: [{ id: '700100', changes: [{ field: 'messages', value: 'x' }] }] }],
    ['messages that are no list', body(change({ metadata, messages: 'x' }))],
  ])('made of %s is one unreadable unit with a reason', (_name, value) => {
    const units = unitsOf(changesOf(value))
    expect(units.map(({ kind }) => kind)).toEqual(['unreadable'])
    expect(units[0]?.reason).not.toBe('')
  })

  it('yields every message and status of every change, messages first', () => {
    const value = { metadata, statuses: [{ id: 's1' }], messages: [{ id: 'm1' }, { id: 'm2' }] }
    const units = unitsOf(changesOf(body(change(value), change({ metadata, messages: [{ id: 'm3' }] }))))
    expect(units.map(({ kind, raw, position }) => [kind, raw, position])).toEqual([
      ['message', { id: 'm1' }, 0],
      ['message', { id: 'm2' }, 1],
      ['status', { id: 's1' }, 2],
      ['message', { id: 'm3' }, 2],
    ])
  })

  it('names the number, or the account the event is about', () => {
    const found = changesOf(
      body(
        change({ metadata }),
        change({ event: 'PARTNER_ADDED', waba_info: { waba_id: '700200' } }, 'account_update'),
        change({ decision: 'APPROVED' }, 'account_review_update'),
      ),
    )
    expect(found.map(({ phoneNumberId, wabaId, field }) => [phoneNumberId, wabaId, field])).toEqual([
      ['800100', '700100', 'messages'],
      [null, '700200', 'account_update'],
      [null, '700100', 'account_review_update'],
    ])
  })

  it('keeps a change of other fields, and one with nothing but errors, as one event', () => {
    const units = unitsOf(
      changesOf(body(change({ metadata, errors: [{ code: 130429 }] }), change({ history: [] }, 'history'))),
    )
    expect(units.map(({ kind, change: { field } }) => [kind, field])).toEqual([
      ['event', 'messages'],
      ['event', 'history'],
    ])
  })

  it('cut down to one unit yields that unit again', () => {
    const value = {
      metadata,
      contacts: [{ wa_id: '1' }],
      messages: [{ id: 'm1' }, { id: 'm2' }],
      statuses: [{ id: 's1' }],
    }
    for (const unit of unitsOf(changesOf(body(change(value))))) {
      const again = unitsOf(changesOf(bodyOfUnit(unit)))
      expect(again.map(({ kind, raw }) => [kind, raw])).toEqual([[unit.kind, unit.raw]])
      expect(again[0]?.change.value.contacts).toEqual([{ wa_id: '1' }])
    }
  })

  it('of any JSON at all is read without an exception and yields at least one unit', () => {
    const anything = fc.anything({ withNullPrototype: false, maxDepth: 6 })
    const message = fc.record(
      {
        id: fc.oneof(fc.constant('wamid.1'), anything),
        from: fc.oneof(fc.constant('447700900123'), anything),
        type: fc.oneof(fc.constantFrom(...TYPES), fc.string()),
        errors: anything,
        context: anything,
        referral: anything,
        timestamp: anything,
      },
      { requiredKeys: [] },
    )
    const typed = fc
      .tuple(message, fc.constantFrom(...TYPES), anything)
      .map(([base, type, part]) => ({ ...base, type, [type]: part }))
    const value = fc.record(
      {
        metadata: anything,
        messages: fc.array(typed),
        statuses: fc.array(anything),
        contacts: anything,
        errors: anything,
      },
      { requiredKeys: [] },
    )
    const whole = value.map((one) => body(change(one)))
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), anything, whole), (json) => {
        const parsed = parseWebhookBody(JSON.stringify(json) ?? 'null')
        const units = unitsOf(changesOf(parsed))
        expect(units.length).toBeGreaterThan(0)
        for (const unit of units) {
          const event = normaliseUnit(unit)
          if (event.kind !== 'message') continue
          expect(messageContentSchema.parse(JSON.parse(JSON.stringify(event.content)))).toEqual(event.content)
          expect(messageExtrasSchema.parse(event.extras ?? {})).toEqual(event.extras ?? {})
          expect(summaryOf(event.content)).not.toBe('')
          JSON.stringify(bodyOfUnit(unit))
        }
      }),
      { numRuns: 500 },
    )
  })
})

const TYPES =
  'text image video audio voice document sticker location contacts reaction interactive button order system unsupported unknown ephemeral edit revoke request_welcome __proto__ constructor toString'.split(
    ' ',
  )
