import type { NumberHealth, Overview } from '../../../contract/index.ts'
import { phoneNumberIdSchema } from '../../../contract/index.ts'
import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import type { Result } from '../platform/errors.ts'
import type { GraphError } from '../whatsapp/graph-client.ts'
import type { NumberReading } from '../whatsapp/graph-health.ts'
import type { TokenFacts } from '../whatsapp/graph-signup.ts'
import { checksOf, levelOf, missingScopes } from './health.model.ts'
import type { DeskRow, HealthRepo, HourCount, NumberRow } from './health.repo.ts'
import type { Gap } from './silence.model.ts'
import { alarmAfter, hourOf } from './silence.model.ts'

export type HealthPorts = {
  repo: HealthRepo
  clock: Clock
  /** Where webhooks of an account belong; null while the Worker does not know its own address. */
  expectedWebhook(appPath: string): string | null
  /** The id of the Meta app that an account is connected through. */
  appIdOf(appPath: string): Promise<string | null>
  /** Reads verification, review, payment and restrictions of an account again. */
  refreshAccount(wabaId: string): Promise<void>
}

/** Meta, asked as one number. */
export type MetaOf = (row: NumberRow) => Promise<{
  readNumber(): Promise<Result<NumberReading, GraphError>>
  /** What the number's token is worth; null where Meta does not tell. */
  inspectToken(): Promise<TokenFacts | null>
  listSubscribedApps(): Promise<Result<string[], GraphError>>
  /** Subscribes, and has the account's webhooks come to us. */
  subscribe(): Promise<Result<null, GraphError>>
  /** Takes away an address of the number's own. */
  clearOverride(): Promise<Result<null, GraphError>>
}>

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

type Shared = { desk: DeskRow; work: { waiting: number; oldestAt: number | null }; gaps: Map<string, Gap[]> }

/** How every number stands, and what happened today (since midnight, UTC). */
export async function readOverview(ports: HealthPorts): Promise<Overview> {
  const now = ports.clock()
  const midnight = now - (now % DAY_MS)
  // 24 hours, the one that is under way among them.
  const from = Math.min(midnight, (hourOf(now) - 23) * HOUR_MS)
  const [rows, shared, counts, tickets] = await Promise.all([
    ports.repo.listNumbers(),
    readShared(ports, now),
    ports.repo.countMessages(from),
    ports.repo.countTickets(midnight),
  ])
  const numbers = await Promise.all(rows.map((row) => judge(ports, row, shared, now)))
  return {
    numbers: numbers.toSorted((a, b) => placeOf(a) - placeOf(b)),
    today: { ...todayOf(counts, midnight), tickets, hours: hoursOf(counts, now) },
    alertUrl: shared.desk.alertUrl,
  }
}

const LEVELS: readonly NumberHealth['level'][] = ['bad', 'warning', 'unknown', 'good']

/** The sick first; numbers without a channel last. */
const placeOf = ({ level, channelName }: NumberHealth): number =>
  channelName === null ? LEVELS.length : LEVELS.indexOf(level)

/** One number's health from what is stored; 404 where it is not of this organisation. */
export async function readNumberHealth(ports: HealthPorts, phoneNumberId: string): Promise<NumberHealth> {
  const now = ports.clock()
  return judge(ports, await requireNumber(ports, phoneNumberId), await readShared(ports, now), now)
}

/**
 * Asks Meta about a number again, stores what it says and judges it. That Kaiwa has no access any more is an answer like others; where
 * Meta does not answer it throws 502 `health.meta_unreachable`, and what was known stays.
 */
export async function checkNumber(ports: HealthPorts, metaOf: MetaOf, phoneNumberId: string): Promise<NumberHealth> {
  const row = await requireNumber(ports, phoneNumberId)
  const refusal = await lookAgain(ports, metaOf, row)
  if (refusal !== null && !refusal.isAccessLost) throw metaRefused(refusal.error)
  if (refusal === null) await ports.refreshAccount(row.waba_id)
  return readNumberHealth(ports, phoneNumberId)
}

/** Subscribes the app to the account's events again, with our address, and looks whether it is so now. May be repeated. */
export async function repairSubscription(
  ports: HealthPorts,
  metaOf: MetaOf,
  phoneNumberId: string,
): Promise<NumberHealth> {
  const row = await requireNumber(ports, phoneNumberId)
  const meta = await metaOf(row)
  const done = await meta.subscribe()
  if (!done.ok) throw metaRefused(done.error)
  const expected = ports.expectedWebhook(row.app_path ?? '')
  const isElsewhere = expected !== null && row.webhook_actual !== null && row.webhook_actual !== expected
  const cleared = isElsewhere ? await meta.clearOverride() : done
  if (!cleared.ok) throw metaRefused(cleared.error)
  return checkNumber(ports, metaOf, phoneNumberId)
}

/** Why Meta did not tell. `isAccessLost`: for want of access, which is known now and shown with the token. */
export type Refusal = { error: GraphError; isAccessLost: boolean }

/** Reads number, token and subscription from Meta and stores them; what Meta would not tell stays as it was. */
export async function lookAgain(ports: HealthPorts, metaOf: MetaOf, row: NumberRow): Promise<Refusal | null> {
  const meta = await metaOf(row)
  const [token, reading, apps] = await Promise.all([meta.inspectToken(), meta.readNumber(), meta.listSubscribedApps()])
  if (token !== null && token.isValid) await ports.repo.saveToken(row.waba_id, token)
  if (!reading.ok) {
    const isOver = token?.isValid === false || isTokenRefused(reading.error) || isTakenAway(reading.error, token, row)
    if (isOver) await ports.repo.markTokenOver(row.waba_id, ports.clock())
    const isAccessLost = isOver || (token !== null && missingScopes(token.scopes).length > 0)
    return { error: reading.error, isAccessLost }
  }
  const { entities, ...facts } = reading.value
  await ports.repo.saveReading(
    row.phone_number_id,
    { ...facts, health: entities === null ? null : { entities } },
    ports.clock(),
  )
  if (!apps.ok) return null
  const appId = await ports.appIdOf(row.app_path ?? '')
  await ports.repo.saveSubscription(row.waba_id, apps.value, appId !== null && apps.value.includes(appId))
  return null
}

/** 190 and 0: the token is not accepted (any more) ("Error codes"). */
const isTokenRefused = ({ code }: GraphError): boolean => code === 190 || code === 0

/** 100: not there for this token, which lives on for the business's other accounts. */
function isTakenAway({ code }: GraphError, token: TokenFacts | null, row: NumberRow): boolean {
  return code === 100 && token !== null && token.wabaIds !== null && !token.wabaIds.includes(row.waba_id)
}

/** The number, 404 where it is not of this organisation. */
export async function requireNumber({ repo }: HealthPorts, phoneNumberId: string): Promise<NumberRow> {
  const row = await repo.findNumber(phoneNumberId)
  if (row === null) {
    throw new AppError({ code: 'numbers.not_found', status: 404, message: 'There is no such number here.' })
  }
  return row
}

function metaRefused({ status, code, details }: GraphError): AppError {
  if (status === 0) {
    const message = 'Meta does not answer at the moment. Nothing was changed; try again in a minute.'
    return new AppError({ code: 'health.meta_unreachable', status: 502, message, details: { reason: details } })
  }
  const message = `Meta refused to tell: ${details}`
  return new AppError({
    code: 'health.meta_refused',
    status: 502,
    message,
    details: { metaCode: code, reason: details },
  })
}

async function readShared({ repo }: HealthPorts, now: number): Promise<Shared> {
  const [desk, work, gaps] = await Promise.all([repo.readDesk(), repo.readDeskWork(), repo.listGaps(now)])
  return { desk, work, gaps }
}

async function judge(ports: HealthPorts, row: NumberRow, shared: Shared, now: number): Promise<NumberHealth> {
  const appPath = row.app_path ?? ''
  const appId = row.subscription === null ? null : await ports.appIdOf(appPath)
  const checks = checksOf({
    now,
    desk: shared.desk,
    deskWork: shared.work,
    number: {
      platformStatus: row.platform_status,
      quality: row.quality,
      nameStatus: row.name_status,
      limit: row.messaging_limit,
      health: row.health,
    },
    account: accountOf(row),
    webhook:
      row.subscription === null
        ? null
        : {
            expected: ports.expectedWebhook(appPath),
            actual: row.webhook_actual,
            isSubscribed: appId !== null && row.subscription.apps.includes(appId),
          },
    silence: {
      lastEventAt: row.last_event_at,
      alarm: alarmAfter(shared.gaps.get(row.phone_number_id) ?? [], now),
    },
  })
  return {
    phoneNumberId: phoneNumberIdSchema.parse(row.phone_number_id),
    displayPhoneNumber: row.display_phone_number,
    channelName: row.channel_name,
    // Of a number without a channel nothing is expected: it may be in use elsewhere, or not set up yet.
    level: row.channel_name === null ? 'unknown' : levelOf(checks),
    checks,
    lastWebhookAt: instantOf(row.last_event_at),
    checkedAt: instantOf(row.checked_at),
  }
}

function accountOf(row: NumberRow) {
  if (row.business_id === null) return null
  return {
    businessId: row.business_id,
    verification: row.business_verification,
    reviewStatus: row.review_status,
    isBanned: row.is_banned === 1,
    restrictedUntil: row.restricted_until,
    payment: row.payment ?? 'unknown',
    tokenIssuedAt: row.token_issued_at,
    tokenExpiresAt: row.token_expires_at,
    tokenScopes: row.token_scopes ?? [],
  }
}

function todayOf(counts: readonly HourCount[], midnight: number) {
  const today = counts.filter(({ hour }) => hour >= hourOf(midnight))
  const sum = (isCounted: (count: HourCount) => boolean): number =>
    today.filter(isCounted).reduce((total, { messages }) => total + messages, 0)
  return {
    received: sum(({ direction }) => direction === 'in'),
    sent: sum(({ direction, status }) => direction === 'out' && status !== 'failed'),
    failed: sum(({ direction, status }) => direction === 'out' && status === 'failed'),
  }
}

/** 24 figures, oldest hour first; the last one is the hour that is under way. */
function hoursOf(counts: readonly HourCount[], now: number): number[] {
  const last = hourOf(now)
  return Array.from({ length: 24 }, (_, index) =>
    counts.filter(({ hour }) => hour === last - 23 + index).reduce((total, { messages }) => total + messages, 0),
  )
}

function instantOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
