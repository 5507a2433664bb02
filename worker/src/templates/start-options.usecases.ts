import type { StartOptions } from '../../../contract/index.ts'
import { phoneNumberIdSchema } from '../../../contract/index.ts'
import { aliasesOf } from '../contacts/identity.model.ts'
import { canSee } from '../conversations/conversations.usecases.ts'
import type { Visibility } from '../conversations/conversations.usecases.ts'
import type { QuotasRepo } from '../quotas/quotas.repo.ts'
import { policyOf } from '../quotas/quotas.usecases.ts'
import { FULL_REFUSALS } from '../quotas/send-policy.model.ts'
import { PLACE_LIMITS } from '../quotas/standing.model.ts'
import type { Usage } from '../quotas/standing.types.ts'
import { readPhones } from './starts.model.ts'
import type { ChannelToStart } from './starts.repo.ts'
import type { StartPorts } from './starts.usecases.ts'
import { nameOfContact, readTicket } from './ticket-contact.ts'

type Ports = Pick<StartPorts, 'repo' | 'quotas' | 'desk' | 'clock'>

/**
 * Whom a ticket is about and the numbers they can be written to from, those of the ticket's department first. Throws 404 for a ticket
 * that the agent may not see.
 */
export async function readStartOptions(ports: Ports, sees: Visibility, ticketId: string): Promise<StartOptions> {
  const { ticket, contact } = await readTicket(ports.desk, sees, ticketId)
  const channels = (await ports.repo.listChannels())
    .filter(({ departmentId }) => canSee(sees, departmentId))
    .toSorted((a, b) => Number(b.departmentId === ticket.departmentId) - Number(a.departmentId === ticket.departmentId))
  const phones =
    contact === null ? [] : readPhones([contact.mobile, contact.phone], channels[0]?.displayPhoneNumber ?? null)
  const people = await Promise.all(phones.map((phone) => findContactId(ports, phone)))
  const usage = await ports.quotas.readUsage(ports.clock())
  return {
    contact: { name: contact === null ? '' : nameOfContact(contact), phones },
    numbers: await Promise.all(
      channels.map(async (channel) => ({
        phoneNumberId: phoneNumberIdSchema.parse(channel.phoneNumberId),
        displayPhoneNumber: channel.displayPhoneNumber,
        channelName: channel.channelName,
        ...(await readAllowance(
          ports.quotas,
          channel,
          people.filter((id) => id !== null),
          { usage, now: ports.clock() },
        )),
      })),
    ),
  }
}

async function findContactId({ repo }: Ports, phone: string): Promise<string | null> {
  const [alias] = aliasesOf({ parentUserId: null, userId: null, phone: phone.slice(1) }, '')
  return alias === undefined ? null : repo.findContactId(alias)
}

/** Whether a template to one of these people would be accepted now, and the places it would be counted in. */
async function readAllowance(
  quotas: QuotasRepo,
  { phoneNumberId }: ChannelToStart,
  people: readonly string[],
  { usage, now }: { usage: Usage; now: number },
): Promise<Pick<StartOptions['numbers'][number], 'refusal' | 'places'>> {
  const policy = policyOf(await quotas.readStanding(phoneNumberId), 'template', now)
  if (policy.do === 'refuse') return { refusal: `quota.${policy.refusal}`, places: null }
  const { pool } = policy
  if (pool === null) return { refusal: null, places: null }
  const places = { used: usage[pool], limit: PLACE_LIMITS[pool] }
  const known = await Promise.all(people.map((contactId) => quotas.hasPlace(pool, contactId)))
  const isFull = places.used >= places.limit && !known.includes(true)
  return { refusal: isFull ? `quota.${FULL_REFUSALS[pool]}` : null, places }
}
