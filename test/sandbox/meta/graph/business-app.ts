import { asText } from '../state.ts'
import type { Json } from '../state.ts'
import { sendContacts, sendHistory } from '../signup/history.ts'
import type { Call } from './call.ts'
import { badParameter, GraphError } from './errors.ts'

const DAY_MS = 86_400_000
const ALREADY_ASKED = 2_593_107
const TOO_LATE = 2_593_108

/**
 * `POST /{phone}/smb_app_data`: contacts and history of a number that stays in the Business app, each once within 24
 * hours after it was connected. What was asked for comes by webhooks. Which of the two errors is which Meta does not say.
 */
export function syncBusinessApp({ deps, node, body }: Call<'phone'>): Json {
  const { number } = node
  if (body['messaging_product'] !== 'whatsapp') throw badParameter('The parameter messaging_product is required.')
  const kind = asText(body['sync_type'])
  if (kind !== 'smb_app_state_sync' && kind !== 'history')
    throw badParameter('Param sync_type must be one of {SMB_APP_STATE_SYNC, HISTORY}')
  if (number.isOnBizApp !== true) throw badParameter('The phone number is not used in the WhatsApp Business app.')
  const now = deps.world.clock.now()
  if (number.syncs?.[kind] !== undefined) throw new GraphError(ALREADY_ASKED, 'This was synchronized before.')
  if (now >= (number.onboardedAt ?? 0) + DAY_MS)
    throw new GraphError(TOO_LATE, 'The 24 hours in which this can be synchronized are over.')
  number.syncs = { ...number.syncs, [kind]: now }
  if (kind === 'history') sendHistory(deps, number)
  else sendContacts(deps, number)
  deps.world.touch()
  return { messaging_product: 'whatsapp', request_id: `req-${deps.world.nextId()}` }
}
