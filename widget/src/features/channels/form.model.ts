import type { ChannelSettings, ChannelView } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

/** Limits of the contract; the page carries no zod, a test compares them. */
export const LIMITS = {
  name: 120,
  minutes: [1, 1_440],
  reopenDays: [0, 365],
  burstSeconds: [0, 60],
} as const

/** What stands in the form: numbers are text until they are saved, so that nothing is put in while somebody types. */
export type Draft = {
  name: string
  departmentId: string
  ticketRule: ChannelSettings['ticketRule']
  minutes: string
  reopenDays: string
  burstSeconds: string
  publicComments: boolean
}

export type DraftErrors = Partial<Record<keyof Draft, WordKey>>

export function newDraft(name: string, departments: readonly { id: string }[]): Draft {
  return {
    name,
    departmentId: departments.length === 1 ? (departments[0]?.id ?? '') : '',
    ticketRule: 'automatic',
    minutes: '15',
    reopenDays: '3',
    burstSeconds: '10',
    publicComments: false,
  }
}

export function draftOf(channel: ChannelView): Draft {
  return {
    name: channel.name,
    departmentId: channel.departmentId,
    ticketRule: channel.ticketRule,
    minutes: String(channel.ticketAfterMinutes),
    reopenDays: String(channel.reopenDays),
    burstSeconds: String(channel.burstSeconds),
    publicComments: channel.publicComments,
  }
}

const WHOLE = /^\d{1,4}$/
const DAYS = /^\d{1,3}([.,]\d{1,2})?$/

function within(text: string, form: RegExp, [least, most]: readonly [number, number]): boolean {
  const value = Number(text.trim().replace(',', '.'))
  return form.test(text.trim()) && value >= least && value <= most
}

/** What keeps the draft from being saved, by field. */
export function errorsOf(draft: Draft, departments: readonly { id: string }[]): DraftErrors {
  const name = draft.name.trim()
  return {
    ...(name === '' ? { name: 'channel.nameMissing' } : name.length > LIMITS.name ? { name: 'channel.nameLong' } : {}),
    ...(departments.some(({ id }) => id === draft.departmentId) ? {} : { departmentId: 'channel.departmentMissing' }),
    ...(draft.ticketRule !== 'after' || within(draft.minutes, WHOLE, LIMITS.minutes)
      ? {}
      : { minutes: 'channel.minutesWrong' }),
    ...(within(draft.reopenDays, DAYS, LIMITS.reopenDays) ? {} : { reopenDays: 'channel.reopenWrong' }),
    ...(within(draft.burstSeconds, WHOLE, LIMITS.burstSeconds) ? {} : { burstSeconds: 'channel.burstWrong' }),
  }
}

/** What the Worker gets. A rule that needs no minutes keeps those that stood before, where they can be read. */
export function settingsOf(draft: Draft): Record<string, string | number | boolean> {
  return {
    name: draft.name.trim(),
    departmentId: draft.departmentId,
    ticketRule: draft.ticketRule,
    ...(within(draft.minutes, WHOLE, LIMITS.minutes) ? { ticketAfterMinutes: Number(draft.minutes.trim()) } : {}),
    reopenDays: Number(draft.reopenDays.trim().replace(',', '.')),
    burstSeconds: Number(draft.burstSeconds.trim()),
    publicComments: draft.publicComments,
  }
}

/** More waiting conversations than this make the pane ask what becomes of them. */
export const ASK_ABOVE = 20

export const asksForBacklog = (held: number): boolean => held > ASK_ABOVE
