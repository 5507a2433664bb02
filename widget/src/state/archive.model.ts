import type { ArchivedMessageView, ArchivedPerson } from '../../../contract/index.ts'

const lastOf = (person: ArchivedPerson): string => person.last?.at ?? ''

/** What is held with what came, each person once as they came last, the latest first; those who never wrote keep their order. */
export function withPeople(held: readonly ArchivedPerson[], more: readonly ArchivedPerson[]): ArchivedPerson[] {
  const newer = new Map(more.map((person) => [person.phone, person]))
  const known = new Set(held.map(({ phone }) => phone))
  return [
    ...held.map((person) => newer.get(person.phone) ?? person),
    ...more.filter(({ phone }) => !known.has(phone)),
  ].toSorted((a, b) => (lastOf(a) === lastOf(b) ? 0 : lastOf(a) < lastOf(b) ? 1 : -1))
}

/** What is held with what came, each message once, the oldest first. */
export function withMessages(
  held: readonly ArchivedMessageView[],
  more: readonly ArchivedMessageView[],
): ArchivedMessageView[] {
  const all = new Map([...held, ...more].map((message) => [message.wamid, message]))
  return [...all.values()].toSorted((a, b) =>
    a.sentAt === b.sentAt ? (a.wamid < b.wamid ? -1 : 1) : a.sentAt < b.sentAt ? -1 : 1,
  )
}
