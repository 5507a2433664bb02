import { describe, expect, it } from 'vitest'
import { message } from '../../test/fixtures.ts'
import { createCupboard } from '../../test/cupboard.ts'
import { isKept, joinTexts } from './drafts.model.ts'
import { createDrafts } from './drafts.ts'
import { openCupboard } from './storage.ts'

describe('drafts', () => {
  it('stay with their ticket, over a reload and apart from other agents', () => {
    const cupboard = createCupboard()
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
    const drafts = createDrafts(createCupboard(), 'x')
    drafts.show('301')
    drafts.write('text')
    drafts.replyTo(message(5).id)
    drafts.replyTo(undefined)
    expect(drafts.current.value.replyTo).toBeUndefined()
    drafts.clear()
    expect(drafts.current.value.text).toBe('')
  })

  it('take back what could not go, in front of what was typed since', () => {
    const drafts = createDrafts(createCupboard(), 'x')
    drafts.show('301')
    drafts.write('typed since')
    drafts.giveBack('301', ['refused'])
    expect(drafts.current.value.text).toBe('refused\ntyped since')
  })

  it('of another tab are not written away', () => {
    const cupboard = createCupboard()
    const [a, b] = [createDrafts(cupboard, 'x'), createDrafts(cupboard, 'x')]
    a.show('1')
    a.write('from a')
    b.show('2')
    b.write('from b')
    const c = createDrafts(cupboard, 'x')
    c.show('1')
    expect(c.current.value.text).toBe('from a')
  })

  it('nobody touched for a month are taken away when the pane opens, others never', () => {
    const cupboard = createCupboard()
    cupboard.write('kaiwa:draft:x:old', { text: 'old', at: Date.now() - 31 * 86_400_000 })
    cupboard.write('kaiwa:draft:x:new', { text: 'new', at: Date.now() })
    cupboard.write('kaiwa:draft:x:nonsense', 5)
    cupboard.write('kaiwa:draft:y:old', { text: 'another agent’s', at: 0 })
    createDrafts(cupboard, 'x')
    expect(cupboard.keys('kaiwa:draft:')).toEqual(['kaiwa:draft:x:new', 'kaiwa:draft:y:old'])
  })

  it('without anything in them are not kept', () => {
    expect(isKept({ text: '', at: 5 }, 5)).toBe(false)
    expect(isKept({ text: '', replyTo: message(1).id, at: 5 }, 5)).toBe(true)
    expect(isKept(undefined, 5)).toBe(false)
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
      get length() {
        return held.size
      },
      key: (at: number) => [...held.keys()][at] ?? null,
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
    cupboard.write('k2', 'fits')
    expect(cupboard.keys('k').toSorted()).toEqual(['k', 'k2'])
    cupboard.remove('k')
    expect(cupboard.read('k')).toBeUndefined()
  })
})
