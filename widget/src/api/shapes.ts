import { contract } from 'virtual:contract/pane'
import type { Shapes } from '../../build/shapes.ts'
import { isRecord } from '../json.ts'
import { passes } from './check.ts'

export type { Draft, OutboxEntry, Shapes } from '../../build/shapes.ts'

/** Whether `value` is what the contract calls `name`. */
export function matches<K extends keyof Shapes>(name: K, value: unknown): value is Shapes[K] {
  const check = contract.shapes[name]
  return check !== undefined && passes(check, value, contract.shared)
}

function withReadableContent(message: unknown): unknown {
  if (!isRecord(message) || matches('messageContent', message.content)) return message
  return { ...message, content: { kind: 'unknown', type: typeof message.kind === 'string' ? message.kind : 'message' } }
}

/**
 * A message of a kind that this build does not know yet keeps its place as `unknown`. Without it one new kind, sent while
 * an older panel is still open, would hide a whole page.
 */
function withReadableContents(value: unknown): unknown {
  if (!isRecord(value)) return value
  const { items, messages, message } = value
  return {
    ...value,
    ...(Array.isArray(items) ? { items: items.map(withReadableContent) } : {}),
    ...(Array.isArray(messages) ? { messages: messages.map(withReadableContent) } : {}),
    ...(isRecord(message) ? { message: withReadableContent(message) } : {}),
  }
}

/** The value as the contract's `name`, or undefined where it is something else. */
export function read<K extends keyof Shapes>(name: K, value: unknown): Shapes[K] | undefined {
  const readable = withReadableContents(value)
  return matches(name, readable) ? readable : undefined
}
