import type { DeskGateway } from '../desk/desk.types.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { EffectJournal } from './effects.types.ts'
import type { TicketGateRepo } from './ticket-gate.repo.ts'
import type { TicketsRepo } from './tickets.repo.ts'

/** Stored bytes of customers' files. Null when they are gone. */
export type StoredFiles = {
  open(r2Key: string): Promise<{ size: number; body: ReadableStream } | null>
}

/** What recording one conversation in Desk works with. */
export type TicketDeps = {
  repo: TicketsRepo
  gate: TicketGateRepo
  desk: DeskGateway
  effects: EffectJournal
  media: StoredFiles
  clock: Clock
  /** 0 to 1: jitter, and the random part of references. */
  random: () => number
  logger: Logger
  /** Something that panels show was changed in D1: the conversation's `change` rose. */
  onChanged: () => void
  /** When a lost effect is looked for, milliseconds after the loss; `LOOK_DELAYS_MS` by default. */
  lookDelaysMs?: readonly number[]
}

/** How a step ended: there is more to do at once, or nothing before `nextAt` (null: before something new happens). */
export type Step = { kind: 'again' } | { kind: 'rest'; nextAt: number | null }

export const again: Step = { kind: 'again' }
