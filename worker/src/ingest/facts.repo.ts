import { z } from 'zod'
import type { Alias } from '../contacts/identity.model.ts'
import { aliasKey } from '../contacts/identity.model.ts'
import { isKnownAs } from '../contacts/contact.model.ts'
import { targetOf } from './content.model.ts'
import { KNOWN_MESSAGE_COLUMNS, readAliasRow, readKnownMessage } from './ingest.rows.ts'
import type { Facts, Needs } from './ingest.types.ts'

/** D1 takes at most 100 values per statement. */
const MAX_VALUES = 90

/**
 * Whose conversation with the lane's number is which, as the lane has read it, by the alias the contact was found with. Which contact an
 * alias names is read each time; which conversation is that contact's never changes, and need not be.
 */
export type Homes = Map<string, { contactId: string; conversationId: string }>

const MAX_HOMES = 2_000

const waitingSchema = z.object({ wamid: z.string(), status: z.string() })
const idSchema = z.object({ id: z.number() })
const departmentSchema = z.object({ department_id: z.string() })

type Scope = { db: D1Database; orgId: string; phoneNumberId: string; homes: Homes }

/**
 * Everything a batch must know, in one round trip to D1, or in two where people are new, known under another id, or moving. Looks up
 * by unique keys only, so that what it reads depends on the batch and never on how much is stored.
 */
export async function loadFacts(scope: Scope, needs: Needs): Promise<Facts> {
  const facts: Facts = {
    messages: new Map(),
    acts: new Map(),
    contacts: new Map(),
    owners: new Map(),
    waiting: new Set(),
    letters: new Set(),
    departmentId: null,
  }
  const strongest = needs.people.flatMap(({ aliases, isMoving }) => (isMoving ? aliases : aliases.slice(0, 1)))
  await read(scope.db, [
    messagesBy(scope, 'wamid', needs.wamids, facts),
    actsOn(scope, needs.targets, facts),
    messagesBy(
      scope,
      'seq',
      needs.callbacks.map(({ seq }) => seq),
      facts,
    ),
    ...peopleBy(scope, strongest, facts),
    waitingOf(scope, needs.statusWamids, facts),
    lettersOf(scope, needs.letters, facts),
  ])
  const weaker = needs.people.flatMap(({ aliases }) => unsettled(aliases, facts))
  const isNew = needs.people.some(({ aliases }) => !hasConversation(aliases, facts))
  const fallback = needs.callbacks.flatMap(({ seq, wamid }) => {
    const isComplete = (facts.messages.get(seq)?.wamid ?? null) !== null
    return wamid === null || isComplete ? [] : [wamid]
  })
  await read(scope.db, [
    ...peopleBy(scope, weaker, facts),
    messagesBy(scope, 'wamid', fallback, facts),
    waitingOf(scope, fallback, facts),
    ...(isNew ? [departmentOf(scope, facts)] : []),
  ])
  return facts
}

type Lookup = { statements: D1PreparedStatement[]; take: (row: unknown) => void }

async function read(db: D1Database, lookups: readonly Lookup[]): Promise<void> {
  const statements = lookups.flatMap((lookup) =>
    lookup.statements.map((statement) => ({ statement, take: lookup.take })),
  )
  if (statements.length === 0) return
  const answers = await db.batch(statements.map(({ statement }) => statement))
  answers.forEach(({ results }, index) => {
    for (const row of results) statements[index]?.take(row)
  })
}

/** The aliases of a person that still have to be looked up, once the strongest is known. */
function unsettled(aliases: readonly Alias[], facts: Facts): Alias[] {
  const [first, ...rest] = aliases
  if (first === undefined) return []
  const contact = facts.contacts.get(facts.owners.get(aliasKey(first)) ?? '')
  return rest.filter((alias) => {
    if (facts.owners.has(aliasKey(alias))) return false
    if (contact === undefined || !isKnownAs(contact, alias)) return true
    facts.owners.set(aliasKey(alias), contact.id)
    return false
  })
}

function hasConversation(aliases: readonly Alias[], facts: Facts): boolean {
  return aliases.some((alias) => {
    const contact = facts.contacts.get(facts.owners.get(aliasKey(alias)) ?? '')
    return contact !== undefined && contact.conversationId !== null
  })
}

function messagesBy(
  { db, orgId }: Scope,
  column: 'wamid' | 'seq',
  values: readonly (string | number)[],
  facts: Facts,
): Lookup {
  return {
    statements: chunks(values).map((chunk) =>
      db
        .prepare(
          `SELECT ${KNOWN_MESSAGE_COLUMNS} FROM messages WHERE org_id = ?1 AND ${column} IN (${marks(chunk, 2)})`,
        )
        .bind(orgId, ...chunk),
    ),
    take: (row) => {
      const message = readKnownMessage(row)
      if (message.seq !== null) facts.messages.set(message.seq, message)
    },
  }
}

/** What waits for these messages. The conditions are those of the index `messages_waiting_acts`, word for word, or it is not used. */
function actsOn({ db, orgId }: Scope, wamids: readonly string[], facts: Facts): Lookup {
  return {
    statements: chunks(wamids).map((chunk) =>
      db
        .prepare(
          `SELECT ${KNOWN_MESSAGE_COLUMNS} FROM messages
           WHERE org_id = ?1 AND json_extract(content, '$.targetWamid') IN (${marks(chunk, 2)})
             AND is_hidden = 0 AND kind IN ('reaction', 'edit', 'revoke')`,
        )
        .bind(orgId, ...chunk),
    ),
    take: (row) => {
      const act = readKnownMessage(row)
      const target = targetOf(act.content)
      if (target !== null) facts.acts.set(target, [...(facts.acts.get(target) ?? []), act])
    },
  }
}

/** Contacts by their aliases, with their conversation with this number. One statement for each kind of alias. */
function peopleBy({ db, orgId, phoneNumberId, homes }: Scope, aliases: readonly Alias[], facts: Facts): Lookup[] {
  const groups = Map.groupBy(aliases, ({ kind, portfolioId }) => `${kind} ${portfolioId}`)
  const known = JSON.stringify(
    Object.fromEntries(
      aliases.flatMap((alias) => {
        const home = homes.get(aliasKey(alias))
        return home === undefined ? [] : [[home.contactId, home.conversationId]]
      }),
    ),
  )
  return [...groups.values()].map((group) => ({
    statements: chunks(group.map(({ value }) => value)).map((chunk) =>
      db
        .prepare(
          `SELECT a.kind, a.portfolio_id AS alias_portfolio, a.value, c.id, c.name, c.name_source, c.phone, c.user_id,
             c.portfolio_id, c.username, COALESCE(?5 ->> c.id, (SELECT v.id FROM conversations v
               WHERE v.org_id = ?1 AND v.phone_number_id = ?2 AND v.contact_id = c.id)) AS conversation_id
           FROM contact_aliases a CROSS JOIN contacts c ON c.id = a.contact_id AND c.org_id = ?1
           WHERE a.org_id = ?1 AND a.kind = ?3 AND a.portfolio_id = ?4 AND a.value IN (${marks(chunk, 6)})`,
        )
        .bind(orgId, phoneNumberId, group[0]?.kind ?? '', group[0]?.portfolioId ?? '', known, ...chunk),
    ),
    take: (row: unknown) => {
      const { alias, contact } = readAliasRow(row)
      if (homes.size >= MAX_HOMES) homes.clear()
      if (contact.conversationId !== null)
        homes.set(aliasKey(alias), { contactId: contact.id, conversationId: contact.conversationId })
      facts.owners.set(aliasKey(alias), contact.id)
      facts.contacts.set(contact.id, contact)
    },
  }))
}

function waitingOf({ db, orgId }: Scope, wamids: readonly string[], facts: Facts): Lookup {
  return {
    statements: chunks(wamids).map((chunk) =>
      db
        .prepare(`SELECT wamid, status FROM waiting_statuses WHERE org_id = ?1 AND wamid IN (${marks(chunk, 2)})`)
        .bind(orgId, ...chunk),
    ),
    take: (row) => {
      const { wamid, status } = waitingSchema.parse(row)
      facts.waiting.add(`${wamid} ${status}`)
    },
  }
}

function lettersOf({ db, orgId }: Scope, ids: readonly number[], facts: Facts): Lookup {
  return {
    statements: chunks(ids).map((chunk) =>
      db.prepare(`SELECT id FROM dead_letters WHERE org_id = ?1 AND id IN (${marks(chunk, 2)})`).bind(orgId, ...chunk),
    ),
    take: (row) => void facts.letters.add(idSchema.parse(row).id),
  }
}

function departmentOf({ db, orgId, phoneNumberId }: Scope, facts: Facts): Lookup {
  return {
    statements: [
      db
        .prepare('SELECT department_id FROM channels WHERE org_id = ?1 AND phone_number_id = ?2')
        .bind(orgId, phoneNumberId),
    ],
    take: (row) => {
      facts.departmentId = departmentSchema.parse(row).department_id
    },
  }
}

function chunks<Value>(values: readonly Value[]): Value[][] {
  const distinct = [...new Set(values)]
  return Array.from({ length: Math.ceil(distinct.length / MAX_VALUES) }, (_, index) =>
    distinct.slice(index * MAX_VALUES, (index + 1) * MAX_VALUES),
  )
}

function marks(values: readonly unknown[], first: number): string {
  return values.map((_value, index) => `?${first + index}`).join(', ')
}
