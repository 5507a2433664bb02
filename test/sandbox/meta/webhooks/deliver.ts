import type { FaultRule } from '../../shared/faults.ts'
import { sleep } from '../../shared/platform.ts'
import type { Delivery, Entry } from '../state.ts'
import { signatureOf, toWireJson } from './wire.ts'

const ANSWER_WITHIN_MS = 15_000

/** The body of a webhook as Meta sends it. */
export function bodyOf(entries: readonly Entry[]): { object: string; entry: readonly Entry[] } {
  return { object: 'whatsapp_business_account', entry: entries }
}

/** One try, faults included. Resolves with the HTTP status as Meta got it: 0 where there was no answer. */
export async function deliver(delivery: Delivery, secret: string, fault: FaultRule | undefined): Promise<number> {
  switch (fault?.kind) {
    case 'drop':
    case 'error':
      return 0
    case 'timeout':
      await post(delivery, secret)
      return 0
    case 'duplicate': {
      const copies = Number(fault['copies'] ?? 2)
      delivery.tries += copies - 1
      const answers = await Promise.all(Array.from({ length: copies }, () => post(delivery, secret)))
      return answers.find((answer) => answer !== 200) ?? 200
    }
    case 'delay':
    case 'late':
      await sleep(fault.delayMs ?? 3_000)
      return post(delivery, secret)
    default:
      return post(delivery, secret)
  }
}

async function post(delivery: Delivery, secret: string): Promise<number> {
  const body = toWireJson(bodyOf(delivery.entries))
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: '*/*',
        'user-agent': 'facebookexternalua',
        'x-hub-signature-256': signatureOf(body, secret),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}
