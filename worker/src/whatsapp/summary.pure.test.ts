import { describe, expect, it } from 'vitest'
import type { MessageContent } from '../../../contract/index.ts'
import { summaryOf, toLine } from './summary.ts'

const media = { mediaId: 'm1', mimeType: null, fileName: null, caption: null }
const location = { kind: 'location', latitude: null, longitude: null, name: null, address: null, url: null } as const

const CASES: [MessageContent, string][] = [
  [{ kind: 'text', text: '  Is my\n\norder\tready? ' }, 'Is my order ready?'],
  [{ kind: 'text', text: '\u200b \u2060\n' }, 'Empty message'],
  [{ kind: 'text', text: 'a\u202eb\u0000c' }, 'ab c'],
  [{ kind: 'image', media: { ...media, caption: 'Box' } }, 'Photo: Box'],
  [{ kind: 'image', media }, 'Photo'],
  [{ kind: 'video', media }, 'Video'],
  [{ kind: 'audio', media, isVoice: true }, 'Voice message'],
  [{ kind: 'audio', media, isVoice: false }, 'Audio file'],
  [{ kind: 'document', media: { ...media, fileName: 'a.pdf' } }, 'Document: a.pdf'],
  [{ kind: 'sticker', media, isAnimated: false }, 'Sticker'],
  [{ ...location, name: 'Shop', address: '1 High St' }, 'Location: Shop, 1 High St'],
  [{ ...location, latitude: 51.5, longitude: -0.12 }, 'Location: 51.5, -0.12'],
  [location, 'Location'],
  [{ kind: 'contacts', contacts: [{ name: 'Depot', phones: [], emails: [], organisation: null }] }, 'Contact: Depot'],
  [{ kind: 'reaction', targetWamid: 'w', emoji: '👍' }, 'Reacted 👍'],
  [{ kind: 'reaction', targetWamid: 'w', emoji: null }, 'Took a reaction away'],
  [{ kind: 'choice', source: 'list', title: 'Refund', description: '14 days', payload: 'r1' }, 'Refund'],
  [{ kind: 'choice', source: 'button', title: '', description: null, payload: 'b1' }, 'Made a choice'],
  [{ kind: 'form', name: null, fields: [], raw: null }, 'Form answered'],
  [{ kind: 'call_permission', response: 'accept' }, 'Answered a request for permission to call'],
  [
    {
      kind: 'order',
      catalogId: '1',
      note: null,
      items: [{ sku: 'sku-9', quantity: 2, price: 30, currency: 'GBP' }],
    },
    'Order: 2 x sku-9, 60 GBP',
  ],
  [{ kind: 'order', catalogId: null, note: null, items: [] }, 'Order'],
  [{ kind: 'system', event: 'number_changed', text: '+44 7700 900123 is now …' }, 'Customer changed number'],
  [{ kind: 'edit', targetWamid: 'w', text: 'new' }, 'Edited: new'],
  [{ kind: 'revoke', targetWamid: 'w' }, 'Deleted a message'],
  [{ kind: 'welcome_request' }, 'Opened the chat'],
  [{ kind: 'unsupported', type: 'poll', reason: null }, 'Unsupported message (poll)'],
  [{ kind: 'unsupported', type: null, reason: null }, 'Unsupported message'],
  [{ kind: 'unknown', type: 'hologram' }, 'Unsupported message (hologram)'],
  [{ kind: 'template', name: 'n', language: 'en', text: 'Order A-17 is ready.' }, 'Order A-17 is ready.'],
]

describe('a summary', () => {
  it.each(CASES)('%o reads as one line', (content, line) => {
    expect(summaryOf(content)).toBe(line)
  })

  it('is cut to 200 characters without cutting one in two', () => {
    const line = summaryOf({ kind: 'text', text: '😀'.repeat(4_096) })
    expect([...line]).toHaveLength(200)
    expect(line.isWellFormed()).toBe(true)
    expect(line.endsWith('😀…')).toBe(true)
  })

  it('replaces halves of pairs', () => {
    expect(toLine('a\ud800b')).toBe('a\ufffdb')
  })
})
