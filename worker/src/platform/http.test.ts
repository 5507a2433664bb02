import { expect, it } from 'vitest'
import { call } from './http.ts'

const answering = (body: BodyInit | null) => async (): Promise<Response> => new Response(body)
const ask = (body: BodyInit | null) => call('https://alerts.example.com/', {}, 5_000, answering(body))

it('reads an answer to its end, whatever its chunks cut', async () => {
  const bytes = new TextEncoder().encode('届いた')
  const chunks = [bytes.slice(0, 4), bytes.slice(4)]
  const body = new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk === undefined) controller.close()
      else controller.enqueue(chunk)
    },
  })
  expect(await ask(body)).toMatchObject({ ok: true, value: { status: 200, text: '届いた' } })
  expect(await ask(null)).toMatchObject({ ok: true, value: { text: '' } })
})

it('stops reading an answer that does not end', async () => {
  let isCancelled = false
  let sent = 0
  const body = new ReadableStream({
    pull(controller) {
      sent += 1
      controller.enqueue(new Uint8Array(1_000_000))
    },
    cancel() {
      isCancelled = true
    },
  })
  expect(await ask(body)).toMatchObject({ ok: false, error: { kind: 'lost' } })
  expect(isCancelled).toBe(true)
  expect(sent).toBeLessThan(15)
})
