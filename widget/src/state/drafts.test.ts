import { describe, expect, it } from 'vitest'
import { message } from '../../test/fixtures.ts'
import { joinTexts, withDraft } from './drafts.model.ts'
import { createDrafts } from './drafts.ts'
import type { Cupboard } from './storage.ts'
import { openCupboard } from './storage.ts'

function shelf(): Cupboard {
  const held = new Map<string, unknown>()
  return { isLasting: true, read: (key) => held.get(key), write: (key, value) => held.set(key, structuredClone(value)) }
}

describe('drafts', () => {
  it('stay with their ticket, over a reload and apart from other agents', () => {
    const cupboard = shelf()
    const drafts = createDrafts(cupboard, '6:7')
    drafts.show('301')
    drafts.write('for 301')
    drafts.show('302')
    expect(drafts.current.value.text).toBe('')
    drafts.write('for 302')
    drafts.replyTo(message(5).id)
    const again = createDrafts(cupboard, '6:7')
    again.show('302')
    expect(again.current.value).toMatchObject({ text: 'for 302', replyTo: 'm5' })
    const other = createDrafts(cupboard, '6:8')
    other.show('302')
    expect(other.current.value.text).toBe('')
  })

  it('leave the quote when it is taken back, and everything when sent', () => {
    const drafts = createDrafts(shelf(), 'x')
    drafts.show('301')
    drafts.write('text')
    drafts.replyTo(message(5).id)
    drafts.replyTo(undefined)
    expect(drafts.current.value.replyTo).toBeUndefined()
    drafts.clear()
    expect(drafts.current.value.text).toBe('')
  })

  it('take back what could not go, in front of what was typed since', () => {
    const drafts = createDrafts(shelf(), 'x')
    drafts.show('301')
    drafts.write('typed since')
    drafts.giveBack('301', ['refused'])
    expect(drafts.current.value.text).toBe('refused\ntyped since')
  })

  it('of another tab are not written away', () => {
    const cupboard = shelf()
    const [a, b] = [createDrafts(cupboard, 'x'), createDrafts(cupboard, 'x')]
    a.show('1')
    a.write('from a')
    b.show('2')
    b.write('from b')
    const c = createDrafts(cupboard, 'x')
    c.show('1')
    expect(c.current.value.text).toBe('from a')
  })

  it('are at most a hundred, the oldest go', () => {
    let drafts = {}
    for (let n = 0; n < 120; n++) drafts = withDraft(drafts, `t${n}`, { text: 'x', at: n })
    expect(Object.keys(drafts)).toHaveLength(100)
    expect(drafts).not.toHaveProperty('t19')
    expect(drafts).toHaveProperty('t20')
  })

  it('join without empty lines', () => {
    expect(joinTexts(['a', '', 'b'])).toBe('a\nb')
  })
})

describe('the cupboard', () => {
  it('says that nothing lasts where the browser forbids it, and works for the page', () => {
    const cupboard = openCupboard(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    expect(cupboard.isLasting).toBe(false)
    cupboard.write('k', { a: 1 })
    expect(cupboard.read('k')).toEqual({ a: 1 })
  })

  it('keeps a value in memory when the storage is full', () => {
    const held = new Map<string, string>()
    const storage = {
      length: 0,
      key: () => null,
      clear: () => held.clear(),
      getItem: (key: string) => held.get(key) ?? null,
      removeItem: (key: string) => void held.delete(key),
      setItem: (key: string, value: string) => {
        if (value.length > 10) throw new DOMException('full', 'QuotaExceededError')
        held.set(key, value)
      },
    }
    const cupboard = openCupboard(() => storage)
    cupboard.write('k', 'a text that does not fit')
    expect([cupboard.isLasting, cupboard.read('k')]).toEqual([true, 'a text that does not fit'])
  })
})
