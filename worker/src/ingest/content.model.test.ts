import { describe, expect, it } from 'vitest'
import type { MessageContent } from '../../../contract/index.ts'
import type { Target } from './content.model.ts'
import { applyTo, canOpenConversation, opensWindow, targetOf } from './content.model.ts'

const text: MessageContent = { kind: 'text', text: 'old' }
const media = { mediaId: 'm1', mimeType: null, fileName: null, caption: null }
const target = (facts: Partial<Target> = {}): Target => ({
  direction: 'in',
  content: text,
  editedAt: null,
  reactions: [],
  versions: [],
  isRevoked: false,
  sentAt: 10,
  ...facts,
})
const reaction = (emoji: string | null): MessageContent => ({ kind: 'reaction', targetWamid: 'w', emoji })
const edit: MessageContent = { kind: 'edit', targetWamid: 'w', text: 'new' }
const revoke: MessageContent = { kind: 'revoke', targetWamid: 'w' }

describe('a message', () => {
  it.each<[string, MessageContent, boolean, boolean]>([
    ['text', text, true, true],
    ['unsupported', { kind: 'unsupported', type: null, reason: null }, true, true],
    ['reaction', reaction('👍'), false, true],
    ['reaction taken away', reaction(null), false, false],
    ['edit', edit, false, false],
    ['deletion', revoke, false, false],
    ['welcome request', { kind: 'welcome_request' }, false, false],
    ['notice', { kind: 'system', event: 'number_changed', text: null }, false, false],
  ])('%s: may be the first %s, opens the window %s', (_name, content, isFirst, isWindow) => {
    expect(canOpenConversation(content)).toBe(isFirst)
    expect(opensWindow(content)).toBe(isWindow)
  })

  it('names the message it is about', () => {
    expect([reaction('👍'), edit, revoke, text].map(targetOf)).toEqual(['w', 'w', 'w', null])
  })
})

describe('an effect on another message', () => {
  it('replaces the customer’s reaction and leaves ours', () => {
    const both = target({
      reactions: [
        { from: 'out', emoji: '❤️' },
        { from: 'in', emoji: '👍' },
      ],
    })
    expect(applyTo(both, reaction('👎'), 20)?.reactions).toEqual([
      { from: 'out', emoji: '❤️' },
      { from: 'in', emoji: '👎' },
    ])
    expect(applyTo(both, reaction(null), 20)?.reactions).toEqual([{ from: 'out', emoji: '❤️' }])
  })

  it('keeps each earlier text with the time it was written', () => {
    const once = applyTo(target(), edit, 20)
    expect(once).toMatchObject({ content: { text: 'new' }, editedAt: 20, versions: [{ text: 'old', at: 10 }] })
    const twice = applyTo({ ...target(), ...once }, { ...edit, text: 'newest' }, 30)
    expect(twice?.versions).toEqual([
      { text: 'old', at: 10 },
      { text: 'new', at: 20 },
    ])
  })

  it('puts an edit that was overtaken by a newer one among the versions', () => {
    const newest = applyTo(target(), { ...edit, text: 'newest' }, 30)
    expect(applyTo({ ...target(), ...newest }, edit, 20)).toMatchObject({
      content: { text: 'newest' },
      editedAt: 30,
      versions: [
        { text: 'old', at: 10 },
        { text: 'new', at: 20 },
      ],
    })
  })

  it('edits a caption', () => {
    const after = applyTo(target({ content: { kind: 'image', media } }), edit, 20)
    expect(after).toMatchObject({ content: { media: { caption: 'new' } }, versions: [{ text: '', at: 10 }] })
  })

  it('marks as deleted and keeps the content', () => {
    expect(applyTo(target(), revoke, 20)).toMatchObject({ isRevoked: true, content: text })
  })

  it.each<[string, Target, MessageContent]>([
    ['an edit of our message', target({ direction: 'out' }), edit],
    ['a deletion of our message', target({ direction: 'out' }), revoke],
    ['an edit without a text', target(), { ...edit, text: null }],
    ['an edit of something without a text', target({ content: { kind: 'welcome_request' } }), edit],
  ])('is none: %s', (_name, message, content) => {
    expect(applyTo(message, content, 20)).toBe(null)
  })
})
