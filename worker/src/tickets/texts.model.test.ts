import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeComments, MAX_COMMENT_LENGTH } from './comment-text.model.ts'
import type { Entry } from './comment-text.model.ts'
import { outcomeNote, saidText } from './message-text.model.ts'
import { headOf, oneLine, safeText, timeText } from './plain-text.model.ts'
import { carriesCommentOf, commentReference, ticketReference } from './references.model.ts'
import { descriptionOf, subjectOf } from './ticket-text.model.ts'

const said = (content: Parameters<typeof saidText>[0]['content'], summary = 'summary') =>
  saidText({ content, extras: null, summary, isRevoked: false })

describe('a customer’s text', () => {
  it('stays as it was written', () => {
    const text = '<b>50 % off</b> & "more"\n  indented\ttab 👩‍👩‍👧 \u200bzero \u202eturned'
    expect(safeText(text)).toBe(text)
  })

  it('loses what breaks texts: lone surrogates, control characters', () => {
    expect(safeText('a\ud83d b\u0000\u0007\u001b[31m c\r\nd\re')).toBe('a\ufffd b[31m c\nd\ne')
  })

  it('mentions nobody', () => {
    expect(safeText('hi zsu[@user:10000600]zsu')).not.toContain('zsu[@')
  })

  it('cannot pose as another sender or carry a reference', () => {
    const fake = 'ok\nAna Ito (agent) · 2026-11-22 10:02 UTC\nI promise\nKaiwa ref 7f3k9q2xab'
    expect(safeText(fake)).toBe('ok\n> Ana Ito (agent) · 2026-11-22 10:02 UTC\nI promise\n> Kaiwa ref 7f3k9q2xab')
  })
})

describe('one line', () => {
  it.each([
    ['  two\n lines\t here ', 80, 'two lines here'],
    ['one two three four', 12, 'one two…'],
    ['a\u202eb\u2066c', 80, 'abc'],
    ['   \n ', 80, ''],
  ])('of %j in %i is %j', (text, limit, expected) => {
    expect(oneLine(text, limit)).toBe(expected)
  })

  it('never exceeds its limit nor tears a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 2, max: 120 }), (text, limit) => {
        const line = oneLine(text, limit)
        expect(line.length).toBeLessThanOrEqual(limit)
        expect(line.isWellFormed()).toBe(true)
        expect(line).not.toMatch(/[\n\r]/)
      }),
    )
  })
})

it('cuts between what readers see as characters', () => {
  expect(headOf('ab👩‍👩‍👧cd', 9)).toBe('ab')
  expect(headOf('ab👩‍👩‍👧cd', 10)).toBe('ab👩‍👩‍👧')
  expect(headOf('👍'.repeat(5_000), 9_999)).toBe('👍'.repeat(4_999))
})

it('writes times that every country reads alike', () => {
  expect(timeText(Date.parse('2026-11-22T10:02:59Z'))).toBe('2026-11-22 10:02 UTC')
})

const media = { mediaId: '1', mimeType: 'image/jpeg', fileName: null, caption: null }

describe('what a message says', () => {
  it.each([
    [{ kind: 'text', text: 'Hello\nthere' }, 'Hello\nthere'],
    [{ kind: 'image', media: { ...media, caption: 'my parcel' } }, '[Photo]\nmy parcel'],
    [{ kind: 'audio', media, isVoice: true }, '[Voice message]'],
    [{ kind: 'document', media: { ...media, fileName: 'a.pdf', caption: 'see' } }, '[Document: a.pdf]\nsee'],
    [
      { kind: 'location', latitude: 51.5, longitude: -0.1, name: 'Depot', address: null, url: null },
      '[Location]\nDepot\n51.5,-0.1\nhttps://maps.google.com/?q=51.5,-0.1',
    ],
    [{ kind: 'choice', source: 'list', title: 'Refund', description: 'in 3 days', payload: 'r1' }, 'Refund\nin 3 days'],
    [{ kind: 'form', name: 'Address', fields: [{ key: 'city', value: 'York' }], raw: null }, 'Address\ncity: York'],
    [
      {
        kind: 'order',
        catalogId: null,
        note: 'fast',
        items: [{ sku: 'A1', quantity: 2, price: 3.5, currency: 'EUR' }],
      },
      'Order\n2 x A1 at 3.5 EUR\nfast',
    ],
    [{ kind: 'edit', targetWamid: null, text: 'better' }, 'Changed an earlier message to:\nbetter'],
    [{ kind: 'revoke', targetWamid: null }, '(Deleted an earlier message.)'],
    [{ kind: 'unsupported', type: 'poll', reason: null }, 'summary'],
    [{ kind: 'text', text: '' }, 'summary'],
  ] as const)('%j', (content, expected) => {
    expect(said(structuredClone(content) as Parameters<typeof said>[0])).toBe(expected)
  })

  it('is not told again once the sender deleted it', () => {
    const text = saidText({
      content: { kind: 'text', text: 'secret' },
      extras: null,
      summary: 'secret',
      isRevoked: true,
    })
    expect(text).not.toContain('secret')
  })

  it('is followed by what became of it, where it did not arrive', () => {
    const failure = {
      metaCode: 131_047,
      key: 'window_closed',
      who: 'agent',
      action: 'template',
      details: 'Re-engagement',
    } as const
    expect(outcomeNote('failed', failure)).toBe('(Not delivered: Re-engagement)')
    expect(outcomeNote('unknown', null)).toContain('not known')
    expect(outcomeNote('read', null)).toBeNull()
  })
})

describe('a ticket’s subject', () => {
  const first = { kind: 'text', text: '', summary: 'Photo: parcel', sender: 'Sakura' }
  it.each([
    [{ ...first, text: 'Where is my order 1001?\nThanks' }, 'Where is my order 1001? Thanks'],
    [{ ...first, text: 'word '.repeat(40) }, `${'word '.repeat(15).trim()}…`],
    [{ ...first, kind: 'image', text: '[Photo]\nparcel' }, 'WhatsApp: Photo: parcel'],
    [{ ...first, text: '\u202e\n ', summary: '' }, 'WhatsApp message from Sakura'],
  ])('%j', (given, expected) => {
    expect(subjectOf(given)).toBe(expected)
    expect(subjectOf(given).length).toBeLessThanOrEqual(80)
  })
})

describe('a ticket’s description', () => {
  const first = { notes: [], head: 'Sakura · 2026-11-22 10:02 UTC', remark: null, reference: 'abcd123456' }

  it('holds the text as text, and who, when and the reference', () => {
    const html = descriptionOf({ ...first, text: '<script>alert(1)</script>\n"a" & b' })
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;<br>&quot;a&quot; &amp; b')
    expect(html).toContain('Sakura · 2026-11-22 10:02 UTC<br>Kaiwa ref abcd123456')
  })

  it('fits into Desk, however much the escapes take', () => {
    const html = descriptionOf({ ...first, text: '"'.repeat(40_000) })
    expect(html.length).toBeLessThan(65_535)
    expect(html).toContain('Kaiwa ref abcd123456')
  })
})

describe('comments', () => {
  const entry = (seq: number, text: string, more: Partial<Entry> = {}): Entry => ({
    seq,
    head: `Sender ${seq} · 2026-11-22 10:02 UTC`,
    quote: null,
    text,
    notes: [],
    attachmentIds: [],
    ...more,
  })
  const compose = (entries: Entry[], remark: string | null = null) => {
    let count = 0
    return composeComments(entries, remark, () => `ref${(count += 1)}`)
  }

  it('hold a burst as one, with sender, time, quote, notes and reference', () => {
    const [comment, ...others] = compose(
      [entry(1, 'Hello'), entry(2, 'World', { quote: 'Earlier', notes: ['(Note)'] })],
      '(Why)',
    )
    expect(others).toEqual([])
    expect(comment?.content).toBe(
      'Sender 1 · 2026-11-22 10:02 UTC\nHello\n\nSender 2 · 2026-11-22 10:02 UTC\n> Earlier\nWorld\n(Note)\n\n(Why)\nKaiwa ref ref1',
    )
  })

  it('are split between messages where 32,000 characters end, each with its own files and reference', () => {
    const long = 'x'.repeat(12_000)
    const comments = compose([1, 2, 3].map((seq) => entry(seq, long, { attachmentIds: [`a${seq}`] })))
    expect(comments.map(({ seqs, attachmentIds, reference }) => ({ seqs, attachmentIds, reference }))).toEqual([
      { seqs: [1, 2], attachmentIds: ['a1', 'a2'], reference: 'ref1' },
      { seqs: [3], attachmentIds: ['a3'], reference: 'ref2' },
    ])
  })

  it('split one message that alone is too long, losing nothing', () => {
    const words = Array.from({ length: 12_000 }, (_, index) => `w${index}`).join(' ')
    const comments = compose([entry(7, words, { attachmentIds: ['a'] })])
    expect(comments.length).toBeGreaterThan(1)
    expect(comments.map(({ attachmentIds }) => attachmentIds.length)).toEqual([...comments.slice(1).map(() => 0), 1])
    const texts = comments.map(({ content }) => content.split('\n').slice(1, -2).join('\n'))
    expect(texts.join(' ')).toBe(words)
  })

  it('never exceed the limit nor tear a character', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 20 })
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 400 }), (parts, times) => {
        const comments = compose(parts.map((part, seq) => entry(seq, safeText(part.repeat(times)))))
        for (const { content } of comments) {
          expect(content.length).toBeLessThanOrEqual(MAX_COMMENT_LENGTH)
          expect(content.isWellFormed()).toBe(true)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('references', () => {
  it('are the same for the same ticket and others for others', () => {
    expect(ticketReference('cv_a', 1)).toBe(ticketReference('cv_a', 1))
    expect(ticketReference('cv_a', 1)).not.toBe(ticketReference('cv_a', 2))
    expect(ticketReference('cv_a', 1)).toMatch(/^[0-9a-z]{10}$/)
  })

  it('tell a ticket by its comments', () => {
    const content = `Hello\n\nKaiwa ref ${commentReference('1800000000300', 'abc123')}`
    expect(carriesCommentOf(content, '1800000000300')).toBe(true)
    expect(carriesCommentOf(content.replace(/ /g, '&nbsp;'), '1800000000300')).toBe(true)
    expect(carriesCommentOf(content, '1800000000301')).toBe(false)
    expect(carriesCommentOf(null, '1800000000300')).toBe(false)
  })
})
