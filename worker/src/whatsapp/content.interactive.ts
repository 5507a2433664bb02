import type { MessageContent } from '../../../contract/index.ts'
import { callPermissionSchema, choiceSchema, formReplySchema, interactiveSchema } from './content.schemas.ts'

/** What the customer chose in an interactive message of ours: a button, a list row, a form, a call permission. */
export function readInteractive(part: unknown): MessageContent | null {
  const interactive = interactiveSchema.safeParse(part).data
  switch (interactive?.type) {
    case 'list_reply':
      return readChoice('list', interactive.list_reply)
    case 'button_reply':
      return readChoice('button', interactive.button_reply)
    case 'nfm_reply':
      return readFormReply(interactive.nfm_reply)
    case 'call_permission_reply': {
      const reply = callPermissionSchema.safeParse(interactive.call_permission_reply).data
      return { kind: 'call_permission', response: reply?.response ?? null }
    }
    default:
      return null
  }
}

function readChoice(source: 'list' | 'button', part: unknown): MessageContent | null {
  const choice = choiceSchema.safeParse(part).data
  if (choice === undefined) return null
  return {
    kind: 'choice',
    source,
    title: choice.title,
    description: choice.description ?? null,
    payload: choice.id ?? null,
  }
}

/** `response_json` is JSON in a text, and what it decodes to need not be an object. */
export function readFormReply(part: unknown): MessageContent | null {
  const reply = formReplySchema.safeParse(part).data
  if (reply === undefined) return null
  const { response_json: response, name } = reply
  const answer = typeof response === 'string' ? decode(response) : response
  const isFields = typeof answer === 'object' && answer !== null && !Array.isArray(answer)
  return {
    kind: 'form',
    name: name ?? null,
    // The flow's token is for machines.
    fields: isFields
      ? Object.entries(answer).flatMap(([key, value]) => (key === 'flow_token' ? [] : [{ key, value: asText(value) }]))
      : [],
    raw: isFields ? null : asText(response),
  }
}

function decode(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined ? '' : JSON.stringify(value)
}
