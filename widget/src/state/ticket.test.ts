import { describe, expect, it } from 'vitest'
import type { TicketConversation } from '../../../contract/index.ts'
import type { ApiResult } from '../api/http.ts'
import { fail, ok } from '../result.ts'
import { conversation, refusal } from '../../test/fixtures.ts'
import { createTicket } from './ticket.ts'

function ticket(answers: Record<string, ApiResult<TicketConversation>>) {
  return createTicket({ ticketConversation: async (id) => answers[id] ?? fail(refusal(404, 'tickets.not_visible')) })
}

describe('a ticket', () => {
  it('shows its conversation', async () => {
    const store = ticket({ '301': ok({ conversation: conversation(), isCurrent: true }) })
    await store.load('301')
    expect([store.phase.value, store.conversation.value?.contact.name, store.isCurrent.value]).toEqual([
      'ready',
      'Sakura Tanaka',
      true,
    ])
  })

  it('without WhatsApp says so', async () => {
    const store = ticket({ '5': ok({ conversation: null, isCurrent: true }) })
    await store.load('5')
    expect(store.phase.value).toBe('none')
  })

  it('of other departments is refused', async () => {
    const store = ticket({})
    await store.load('9')
    expect([store.phase.value, store.failure.value?.code]).toEqual(['failed', 'tickets.not_visible'])
  })

  it('that was left before its answer came leaves nothing behind', async () => {
    const store = ticket({
      '1': ok({ conversation: conversation(), isCurrent: true }),
      '2': ok({ conversation: null, isCurrent: true }),
    })
    const first = store.load('1')
    await store.load('2')
    expect(await first).toBeNull()
    expect([store.phase.value, store.conversation.value]).toEqual(['none', null])
  })
})

describe('newer facts', () => {
  async function shown() {
    const store = ticket({ '301': ok({ conversation: conversation({ change: 5 }), isCurrent: true }) })
    await store.load('301')
    return store
  }

  it('replace older ones, and older ones nothing', async () => {
    const store = await shown()
    store.update(conversation({ change: 6, lastSummary: 'new' }))
    store.update(conversation({ change: 4, lastSummary: 'old' }))
    expect(store.conversation.value?.lastSummary).toBe('new')
  })

  it('say when the conversation went on in another ticket', async () => {
    const store = await shown()
    store.update(conversation({ change: 6, ticket: { id: '999', number: '199' } }))
    expect(store.isCurrent.value).toBe(false)
    store.update(conversation({ change: 7, ticket: { id: '301', number: '101' } }))
    expect(store.isCurrent.value).toBe(true)
  })
})
