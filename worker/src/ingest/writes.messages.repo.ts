import { addWork } from '../conversations/pending-work.repo.ts'
import { waitAgain } from '../messages/unanswered.repo.ts'
import { returnPlace, UNREACHABLE } from '../quotas/places.repo.ts'
import { insertRows } from './bulk.repo.ts'
import type { KnownMessage, NewMessage, Plan, StatusChange, Touch } from './ingest.types.ts'
import type { WriteScope } from './writes.repo.ts'

type Statements = {
  statements: D1PreparedStatement[]
  /** The seqs of messages whose media is to be fetched, once the batch ran. */
  readMediaSeqs: (batch: readonly D1PreparedStatement[], answers: readonly D1Result[]) => number[]
}

/** A message's change is its conversation's, which has just been raised. A conversation that is gone refuses the transaction. */
const CHANGE = '(SELECT change FROM conversations WHERE id = $->>0 AND org_id = ?1)'

/** Conversations with everything that happens to them and their messages, in the order in which it has to be written. */
export function messageStatements(scope: WriteScope, plan: Plan): Statements {
  const { db, orgId } = scope
  const media = plan.messages.filter((message) => message.media !== null).map((message) => mediaOf(scope, message))
  const statements = [
    ...conversations(scope, plan),
    ...insertRows(db, {
      table: 'messages',
      columns: [
        ['org_id', '?1'],
        ['direction', `'in'`],
        ['status', `'received'`],
        ['conversation_id', 0],
        ['wamid', 1],
        ['kind', 2],
        ['is_hidden', 3],
        ['content', 4],
        ['extras', 5],
        ['summary', 6],
        ['sent_at', 7],
        ['position', 8],
        ['received_at', 9],
        ['quote_wamid', 10],
        ['reactions', 11],
        ['versions', 12],
        ['is_revoked', 13],
        ['change', CHANGE],
      ],
      rows: plan.messages.map(toRow),
      shared: [orgId],
    }),
    ...media,
    ...plan.statusChanges.flatMap((change) => [statusOf(scope, change), ...returned(scope, change)]),
    ...plan.effects.map((message) => effectOf(scope, message)),
    ...hide(scope, plan.hidden),
  ]
  const readMediaSeqs: Statements['readMediaSeqs'] = (batch, answers) =>
    media.flatMap((statement) => (answers[batch.indexOf(statement)]?.results ?? []).map(seqOf))
  return { statements, readMediaSeqs }
}

function seqOf(row: unknown): number {
  return typeof row === 'object' && row !== null && 'message_seq' in row ? Number(row.message_seq) : Number.NaN
}

function conversations(scope: WriteScope, plan: Plan): D1PreparedStatement[] {
  const { db, orgId, phoneNumberId, now } = scope
  const known = new Map(plan.touches.map((touch) => [touch.conversationId, touch]))
  const created = new Set(plan.newConversations.map(({ id }) => id))
  const work = new Set(plan.work)
  return [
    ...insertRows(db, {
      table: 'conversations',
      columns: [
        ['org_id', '?1'],
        ['phone_number_id', '?2'],
        ['created_at', '?3'],
        ['change', '1'],
        ['id', 0],
        ['contact_id', 1],
        ['department_id', 2],
        ['last_message_at', 3],
        ['last_inbound_at', 4],
        ['last_summary', 5],
        ['waiting_since', 6],
        ['work_since', 7],
      ],
      rows: plan.newConversations.map(({ id, contactId, departmentId }) => {
        const touch = known.get(id)
        const { inboundAt = null, waitingAt = null } = touch ?? {}
        const workSince = work.has(id) ? now : null
        return [
          id,
          contactId,
          departmentId,
          touch?.last?.at ?? now,
          inboundAt,
          lastSummary(touch),
          waitingAt,
          workSince,
        ]
      }),
      shared: [orgId, phoneNumberId, now],
    }),
    ...plan.touches
      .filter(({ conversationId }) => !created.has(conversationId))
      .flatMap((touch) => raise(scope, touch, work.has(touch.conversationId))),
  ]
}

/** The last summary of a conversation made in this batch, with what later events of the batch made of it. */
function lastSummary(touch: Touch | undefined): string {
  return (touch?.renamed ?? []).reduce(
    (summary, { from, to }) => (summary === from ? to : summary),
    touch?.last?.summary ?? '',
  )
}

function raise(
  { db, orgId, now }: WriteScope,
  { conversationId, last, inboundAt, waitingAt, renamed }: Touch,
  isWork: boolean,
): D1PreparedStatement[] {
  const rename = renamed.map(({ from, to }) =>
    db
      .prepare('UPDATE conversations SET last_summary = ?3 WHERE id = ?1 AND org_id = ?2 AND last_summary = ?4')
      .bind(conversationId, orgId, to, from),
  )
  if (last === null) {
    return [
      db
        .prepare(
          `UPDATE conversations SET change = change + 1, ${isWork ? `${addWork('?4')},` : ''}
             last_inbound_at = MAX(COALESCE(last_inbound_at, ?3), COALESCE(?3, last_inbound_at))
           WHERE id = ?1 AND org_id = ?2`,
        )
        .bind(conversationId, orgId, inboundAt, ...(isWork ? [now] : [])),
      ...rename,
    ]
  }
  return [
    db
      .prepare(
        `UPDATE conversations SET change = change + 1, ${isWork ? `${addWork('?7')},` : ''}
           last_summary = CASE WHEN ?3 >= last_message_at THEN ?4 ELSE last_summary END,
           last_message_at = MAX(last_message_at, ?3),
           last_inbound_at = MAX(COALESCE(last_inbound_at, ?5), COALESCE(?5, last_inbound_at)),
           waiting_since = COALESCE(waiting_since, ?6)
         WHERE id = ?1 AND org_id = ?2`,
      )
      .bind(conversationId, orgId, last.at, last.summary, inboundAt, waitingAt, ...(isWork ? [now] : [])),
    ...rename,
  ]
}

function toRow(message: NewMessage) {
  const content = { ...message.content, ...(message.raw !== null && { raw: message.raw }) }
  return [
    message.conversationId,
    message.wamid,
    message.content.kind,
    message.isHidden,
    JSON.stringify(withEdit(content, message)),
    message.extras === null ? null : JSON.stringify(message.extras),
    message.summary,
    message.sentAt,
    message.position,
    message.receivedAt,
    message.quoteWamid,
    listOrNull(message.reactions),
    listOrNull(message.versions),
    message.isRevoked,
  ]
}

function withEdit(content: object, { editedAt }: KnownMessage): object {
  return editedAt === null ? content : { ...content, editedAt }
}

function listOrNull(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list)
}

function mediaOf({ db, orgId, phoneNumberId, now }: WriteScope, { wamid, media }: NewMessage): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO media (message_seq, org_id, conversation_id, phone_number_id, meta_media_id, mime_type, file_name, sha256,
         next_attempt_at)
       SELECT seq, org_id, conversation_id, ?3, ?4, ?5, ?6, ?7, ?8 FROM messages WHERE org_id = ?1 AND wamid = ?2
       RETURNING message_seq`,
    )
    .bind(
      ...[orgId, wamid, phoneNumberId, media?.metaMediaId ?? '', media?.mimeType ?? null, media?.fileName ?? null],
      ...[media?.sha256 ?? null, now],
    )
}

const OWN_CHANGE = 'SELECT change FROM conversations WHERE id = messages.conversation_id AND org_id = ?1'

/**
 * A report on a message of ours. The message may be on its way in the conversation at this moment: where it is not as it was read, the
 * change is NULL, which the column refuses, and the batch is planned again.
 */
function statusOf({ db, orgId }: WriteScope, { before, after }: StatusChange): D1PreparedStatement {
  // An unchanged wamid is left out of the statement, so that its index is not written.
  const wamid = before.wamid === after.wamid ? '' : 'wamid = ?10,'
  const values = [
    ...[orgId, after.seq, after.status, JSON.stringify(after.marks)],
    ...[jsonOrNull(after.pricing), jsonOrNull(after.failure)],
    ...[before.status, before.wamid, before.storedMarks],
  ]
  return db
    .prepare(
      `UPDATE messages SET status = ?3, marks = ?4, pricing = ?5, failure = ?6, ${wamid}
         change = CASE WHEN status = ?7 AND wamid IS ?8 AND marks IS ?9 THEN (${OWN_CHANGE}) END
       WHERE seq = ?2 AND org_id = ?1`,
    )
    .bind(...values, ...(wamid === '' ? [] : [after.wamid]))
}

/** Whom an answer did not reach waits again; a person who turns out to be unreachable takes no place of the trial. */
function returned(scope: WriteScope, { before, after }: StatusChange): D1PreparedStatement[] {
  const isNews = after.status === 'failed' && before.status !== 'failed'
  if (!isNews || after.seq === null) return []
  const isUnreachable = after.failure?.metaCode === UNREACHABLE
  return [...(isUnreachable ? [returnPlace(scope, after.seq, UNREACHABLE)] : []), ...waitAgain(scope, after.seq)]
}

function jsonOrNull(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** What a reaction, an edit or a deletion made of a message. Only this lane writes these columns. */
function effectOf({ db, orgId }: WriteScope, message: KnownMessage): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE messages SET content = COALESCE(?3, content), summary = ?4, reactions = ?5, versions = ?6, is_revoked = ?7, change = (${OWN_CHANGE})
       WHERE seq = ?2 AND org_id = ?1`,
    )
    .bind(
      ...[orgId, message.seq, message.editedAt === null ? null : JSON.stringify(withEdit(message.content, message))],
      message.summary,
      ...[listOrNull(message.reactions), listOrNull(message.versions), message.isRevoked ? 1 : 0],
    )
}

/** Hides what has been applied. Where it was its conversation's last line, that is now the newest of what is shown. */
function hide({ db, orgId }: WriteScope, hidden: Plan['hidden']): D1PreparedStatement[] {
  const groups = Map.groupBy(hidden, ({ conversationId }) => conversationId)
  return [...groups].flatMap(([conversationId, acts]) => [
    db
      .prepare(
        `UPDATE messages SET is_hidden = 1, change = (${OWN_CHANGE})
         WHERE seq IN (SELECT value FROM json_each(?2)) AND org_id = ?1`,
      )
      .bind(orgId, JSON.stringify(acts.map(({ seq }) => seq))),
    db
      .prepare(
        `UPDATE conversations SET (last_message_at, last_summary) = (SELECT sent_at, summary FROM messages
           WHERE conversation_id = ?2 AND org_id = ?1 AND is_hidden = 0
           ORDER BY sent_at DESC, position DESC, seq DESC LIMIT 1)
         WHERE id = ?2 AND org_id = ?1`,
      )
      .bind(orgId, conversationId),
  ])
}
