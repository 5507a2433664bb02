import type { ContactFacts } from '../contacts/contact.model.ts'
import { searchText } from '../contacts/contact.model.ts'
import { insertRows } from './bulk.repo.ts'
import type { Plan } from './ingest.types.ts'
import type { WriteScope } from './writes.repo.ts'

/**
 * Contacts, their aliases and their place in the search. Plain inserts: where another lane was faster, a unique key refuses the whole
 * transaction, and the batch is planned again with that lane's contact.
 */
export function peopleStatements({ db, orgId, now }: WriteScope, plan: Plan): D1PreparedStatement[] {
  const aliases = ({ alias, contactId }: Plan['newAliases'][number]) => [
    alias.kind,
    alias.portfolioId,
    alias.value,
    contactId,
  ]
  return [
    ...plan.removedAliases.map((removed) =>
      db
        .prepare(
          `DELETE FROM contact_aliases
           WHERE org_id = ?1 AND kind = ?2 AND portfolio_id = ?3 AND value = ?4 AND contact_id = ?5`,
        )
        .bind(orgId, ...aliases(removed)),
    ),
    ...insertRows(db, {
      table: 'contacts',
      columns: [
        ['org_id', '?1'],
        ['created_at', '?2'],
        ['id', 0],
        ['name', 1],
        ['name_source', 2],
        ['phone', 3],
        ['user_id', 4],
        ['portfolio_id', 5],
        ['username', 6],
      ],
      rows: plan.newContacts.map(toRow),
      shared: [orgId, now],
    }),
    ...plan.changedContacts.map((contact) =>
      db
        .prepare(
          `UPDATE contacts SET name = ?3, name_source = ?4, phone = ?5, user_id = ?6, portfolio_id = ?7, username = ?8
           WHERE id = ?2 AND org_id = ?1`,
        )
        .bind(orgId, ...toRow(contact)),
    ),
    ...insertRows(db, {
      table: 'contact_aliases',
      columns: [
        ['org_id', '?1'],
        ['kind', 0],
        ['portfolio_id', 1],
        ['value', 2],
        ['contact_id', 3],
      ],
      rows: plan.newAliases.map(aliases),
      shared: [orgId],
    }),
    ...search('INSERT', db, orgId, plan.newContacts),
    ...search('INSERT OR REPLACE', db, orgId, plan.changedContacts),
  ]
}

function search(verb: string, db: D1Database, orgId: string, contacts: readonly ContactFacts[]): D1PreparedStatement[] {
  return contacts.map((contact) =>
    db
      .prepare(`${verb} INTO contact_search (rowid, org_id, contact_id, body) VALUES (?1, ?2, ?3, ?4)`)
      .bind(searchRowId(contact.id), orgId, contact.id, searchText(contact)),
  )
}

/**
 * A contact's row in the search index, so that it is found without looking through the index: the first ten random characters of its
 * id as a number below 2^53. Two contacts that share them cannot both be made; the second is planned again with another id.
 */
export function searchRowId(contactId: string): number {
  return Number.parseInt(contactId.slice(3, 13), 36)
}

function toRow({ id, name, nameSource, phone, userId, portfolioId, username }: ContactFacts) {
  return [id, name, nameSource, phone, userId, portfolioId, username]
}
