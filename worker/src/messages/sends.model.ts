import type { Failure, MessageStatus } from '../../../contract/index.ts'
import { MAX_TEXT_CHARACTERS } from '../../../contract/index.ts'

/** A customer may be answered freely for 24 hours after their last message (Cloud API, "Send messages"). */
export const WINDOW_MS = 24 * 60 * 60 * 1_000

/** After this long a send without an answer is shown as unknown. */
export const UNKNOWN_AFTER_MS = 5 * 60 * 1_000

/** Automatic tries of one message; a retry by hand makes exactly one more. */
export const MAX_ATTEMPTS = 6

/** The pair limit: one message in 6 s to one customer, 45 of them in advance ("About the platform"). */
const PAIR_INTERVAL_MS = 6_000
const PAIR_BURST = 45

export type TextProblem = 'empty' | 'too_long'

/** The text as it goes out, or what is wrong with it. Characters are code points, as WhatsApp counts them. */
export function checkText(text: string): { text: string } | { problem: TextProblem; characters: number } {
  const clean = text.toWellFormed().replaceAll('\u0000', '\uFFFD')
  const characters = Array.from(clean).length
  if (clean.trim() === '') return { problem: 'empty', characters }
  if (characters > MAX_TEXT_CHARACTERS) return { problem: 'too_long', characters }
  return { text: clean }
}

export type Outgoing = {
  seq: number
  status: MessageStatus
  /** Everything but a template. */
  needsWindow: boolean
  attempts: number
  attemptAt: number | null
  nextAttemptAt: number | null
}

export type NextSend =
  | { do: 'nothing' }
  | { do: 'wait'; until: number }
  | { do: 'give_up'; seq: number }
  | { do: 'refuse_window'; seq: number }
  | { do: 'send'; seq: number }

export type SendFacts = {
  /** Queued and sending messages, oldest first. */
  outgoing: readonly Outgoing[]
  /** The channel is off: what is queued waits until it is switched on or taken back. */
  isHeld: boolean
  lastInboundAt: number | null
  now: number
  /** Messages whose call is under way in this very run: nobody else's business. */
  pairReadyAt: number
}

/**
 * What the send queue does next. A message that was `sending` when the run began lost its answer: it is given five minutes for its
 * status to come, and those behind it do not wait. A queued one that waits for its next try holds those behind it.
 */
export function nextSend(facts: SendFacts): NextSend {
  let wakeAt = Number.POSITIVE_INFINITY
  for (const message of facts.outgoing) {
    if (message.status === 'sending') {
      const givesUpAt = (message.attemptAt ?? 0) + UNKNOWN_AFTER_MS
      if (givesUpAt <= facts.now) return { do: 'give_up', seq: message.seq }
      wakeAt = Math.min(wakeAt, givesUpAt)
      continue
    }
    if (facts.isHeld) continue
    if (message.needsWindow && !isWindowOpen(facts.lastInboundAt, facts.now)) {
      return { do: 'refuse_window', seq: message.seq }
    }
    const readyAt = Math.max(message.nextAttemptAt ?? 0, facts.pairReadyAt)
    if (readyAt > facts.now) return { do: 'wait', until: Math.min(wakeAt, readyAt) }
    return { do: 'send', seq: message.seq }
  }
  return Number.isFinite(wakeAt) ? { do: 'wait', until: wakeAt } : { do: 'nothing' }
}

/** Open from the customer's last message until 24 h after it, that very millisecond excluded. */
export function isWindowOpen(lastInboundAt: number | null, now: number): boolean {
  return lastInboundAt !== null && now < lastInboundAt + WINDOW_MS
}

/** What a message counts as: an answer needs the window, a template does not. */
export function sendKindOf(kind: string): 'answer' | 'template' {
  return kind === 'template' ? 'template' : 'answer'
}

/** How full the pair's allowance is: `level` messages still to be worked off at `at`. */
export type PairLevel = { level: number; at: number }

/** When the next message to this customer may go: now or later, epoch milliseconds. */
export function pairReadyAt(pair: PairLevel, now: number): number {
  const excess = drained(pair, now) - (PAIR_BURST - 1)
  return excess <= 0 ? now : now + Math.ceil(excess * PAIR_INTERVAL_MS)
}

/** The allowance after one more message. */
export function countSend(pair: PairLevel, now: number): PairLevel {
  return { level: drained(pair, now) + 1, at: now }
}

function drained(pair: PairLevel, now: number): number {
  return Math.max(0, pair.level - Math.max(0, now - pair.at) / PAIR_INTERVAL_MS)
}

export type ErrorClass = 'transient' | 'throttle' | 'permanent' | 'channel'

export type AfterRefusal =
  | { do: 'retry'; at: number }
  | { do: 'fail' }
  /** The number itself must slow down, not only this message. */
  | { do: 'retry_and_slow'; at: number }

const PAIR_RATE = 131056
const SPAM_RATE = 131048

/** What follows a refusal, by the class of Meta's error code. `attempts` counts the calls made, this one included. */
export function afterRefusal(facts: {
  code: number | null
  errorClass: ErrorClass
  attempts: number
  retryAfterMs: number | null
  now: number
  random: number
}): AfterRefusal {
  if (facts.errorClass === 'permanent' || facts.errorClass === 'channel') return { do: 'fail' }
  if (facts.attempts >= MAX_ATTEMPTS || facts.code === SPAM_RATE) return { do: 'fail' }
  // Meta's own rule for the pair limit: wait 4^x seconds.
  const base = facts.code === PAIR_RATE ? 4 ** facts.attempts : 2 ** facts.attempts
  const waitMs = Math.max(facts.retryAfterMs ?? 0, base * 1_000 * (0.75 + facts.random / 2))
  const at = facts.now + Math.min(waitMs, 10 * 60 * 1_000)
  return facts.errorClass === 'throttle' && facts.code !== PAIR_RATE
    ? { do: 'retry_and_slow', at }
    : { do: 'retry', at }
}

/** Nothing reached Meta, so it is tried again soon and for long: about an hour in all. */
export function afterNotSent(attempts: number, now: number, random: number): AfterRefusal {
  if (attempts >= 20) return { do: 'fail' }
  return { do: 'retry', at: now + Math.min(2 ** attempts * 500, 5 * 60 * 1_000) * (0.75 + random / 2) }
}

export const WINDOW_CLOSED_FAILURE: Failure = {
  metaCode: null,
  key: 'window_closed',
  who: 'customer',
  action: 'template',
  details: null,
}

/** What the number's stage or switch does not let out any more. `why` is a sentence for the ticket and for Details. */
export function limitFailure(why: string): Failure {
  return { metaCode: null, key: 'limit', who: 'admin', action: 'admin', details: why }
}

export const CANCELLED_FAILURE: Failure = {
  metaCode: null,
  key: 'cancelled',
  who: 'agent',
  action: 'retry',
  details: 'Taken back before it was sent.',
}

/** The channel was off for so long that nobody wanted it sent by itself; whoever wrote it sends it again, or leaves it. */
export const KEPT_BACK_FAILURE: Failure = {
  ...CANCELLED_FAILURE,
  details: 'The channel was off when it was to be sent, and was switched on again without sending what waited.',
}

export const UNREACHABLE_FAILURE: Failure = {
  metaCode: null,
  key: 'no_answer',
  who: 'meta',
  action: 'retry',
  details: null,
}

const CALLBACK = /^kw1:(\d{1,4}):(org_[a-z0-9]{12,40}):(\d{1,16})$/

/** What Meta echoes in every status of the message, so that a status finds it whatever became of the answer. */
export function callbackData(shard: number, orgId: string, seq: number): string {
  return `kw1:${shard}:${orgId}:${seq}`
}

export function parseCallbackData(text: string): { shard: number; orgId: string; seq: number } | null {
  const [, shard, orgId, seq] = CALLBACK.exec(text) ?? []
  if (shard === undefined || orgId === undefined || seq === undefined) return null
  return { shard: Number(shard), orgId, seq: Number(seq) }
}
