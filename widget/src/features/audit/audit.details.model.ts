import type { AuditEntry } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

/** A value as a person reads it: words of ours, an instant, or what somebody typed. */
export type DetailValue = { word: WordKey } | { instant: string } | { text: string }
/** `field` is text only for a fact that this page does not know yet. */
export type DetailLine = {
  key: string
  field: { word: WordKey } | { text: string }
  from?: DetailValue
  to: DetailValue
}

type Fact = AuditEntry['details'][string]
type Departments = readonly { id: string; name: string }[]

const FIELDS: Readonly<Record<string, WordKey>> = {
  backlog: 'channel.backlog',
  burstSeconds: 'channel.burst',
  departmentId: 'channel.department',
  icon: 'channel.icon',
  language: 'audit_field.language',
  name: 'channel.name',
  overlays: 'audit_field.overlays',
  publicComments: 'channel.public',
  reason: 'audit_field.reason',
  reopenDays: 'channel.reopen',
  stage: 'audit_field.stage',
  submittedAt: 'setup.account.reviewDay',
  template: 'audit_field.template',
  ticketAfterMinutes: 'channel.minutes',
  ticketRule: 'channel.rule',
  waited: 'audit_field.waited',
}

const VALUES: Readonly<Record<string, Readonly<Record<string, WordKey>>>> = {
  backlog: { all: 'channel.backlogAll', day: 'channel.backlogDay', none: 'channel.backlogNone' },
  ticketRule: { automatic: 'channel.ruleAutomatic', by_hand: 'channel.ruleByHand', after: 'channel.ruleAfter' },
  stage: {
    trial: 'chip.trial',
    trial_expired: 'audit_stage.trial_expired',
    trial_other_number: 'audit_stage.trial_other_number',
    verified_trial: 'chip.verified_trial',
    live: 'chip.live',
    failed: 'chip.failed',
  },
  overlays: {
    banned: 'health_value.banned',
    restricted: 'health_value.restricted',
    rejected: 'health_value.rejected',
    payment_missing: 'audit_overlay.payment_missing',
    verification_revoked: 'audit_overlay.verification_revoked',
  },
}

/** `from` and `to` alone mean what the action is about. */
function namesOf({ action, details }: Pick<AuditEntry, 'action' | 'details'>): [name: string, value: Fact][] {
  const whole = action === 'stage.changed' ? 'stage' : action === 'review.date_corrected' ? 'submittedAt' : null
  return Object.entries(details).map(([name, value]) =>
    whole !== null && (name === 'from' || name === 'to') ? [`${whole}_${name}`, value] : [name, value],
  )
}

function valueOf(field: string, value: Fact, departments: Departments): DetailValue | null {
  if (value === null || value === '') return null
  if (typeof value === 'boolean') return FIELDS[field] === undefined ? null : { word: value ? 'audit.yes' : 'audit.no' }
  if (field === 'departmentId') {
    const department = departments.find(({ id }) => id === value)
    return department === undefined ? null : { text: department.name }
  }
  if (field.endsWith('Id')) return null
  const word = VALUES[field]?.[String(value)]
  if (word !== undefined) return { word }
  return field === 'submittedAt' ? { instant: String(value) } : { text: String(value) }
}

/**
 * What a person can read of an entry's facts: a department by its name, a change as before and after; no other ids and no yes or no
 * that has no name. The file has them all.
 */
export function detailLines(entry: Pick<AuditEntry, 'action' | 'details'>, departments: Departments): DetailLine[] {
  const facts = new Map(namesOf(entry))
  return [...facts].flatMap(([name, value]): DetailLine[] => {
    // Said together with what it became.
    if (name.endsWith('_from') && facts.has(name.replace(/_from$/, '_to'))) return []
    const field = name.replace(/_(from|to)$/, '')
    const to = valueOf(field, value, departments)
    if (to === null) return []
    const before = name.endsWith('_to') ? valueOf(field, facts.get(`${field}_from`) ?? null, departments) : null
    const word = FIELDS[field]
    return [
      {
        key: name,
        field: word === undefined ? { text: field } : { word },
        ...(before === null ? {} : { from: before }),
        to,
      },
    ]
  })
}
