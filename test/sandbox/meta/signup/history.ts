import type { Deps } from '../deps.ts'
import { newWamid } from '../ids.ts'
import { pngPicture } from '../samples/png.ts'
import type { Json, LineRecord, NumberRecord } from '../state.ts'
import { valueFrame } from '../webhooks/values.ts'

const DAY_SECONDS = 86_400
const KEPT_DAYS = 180
/** Days back at which the phases of a history end: the last day, the last 90, the last 180. */
const PHASES = [1, 90, KEPT_DAYS] as const
const DECLINED = {
  code: 2_593_109,
  title: 'History sync is turned off by the business from the WhatsApp Business App',
  message: 'History sync is turned off by the business from the WhatsApp Business App',
  error_data: { details: 'History sharing is turned off by the business' },
}

/** The contacts of the Business app, as `smb_app_state_sync` brings them. */
export function sendContacts(deps: Deps, number: NumberRecord): void {
  const { contacts = [] } = lineOf(deps, number) ?? {}
  const state_sync = contacts.map(({ name, phone }) => ({
    type: 'contact',
    contact: { full_name: name, first_name: name.split(' ')[0], phone_number: phone },
    action: 'add',
    metadata: { timestamp: String(deps.world.nowSeconds()) },
  }))
  emit(deps, number, 'smb_app_state_sync', { ...valueFrame(number), state_sync })
}

/**
 * What was written in the Business app, in three phases from new to old, each chunk with its progress; a picture comes as
 * a placeholder first and by a webhook of its own then. Where the person keeps the history, an error tells it.
 */
export function sendHistory(deps: Deps, number: NumberRecord): void {
  const send = (part: Json): void => emit(deps, number, 'history', { ...valueFrame(number), ...part })
  if (number.sharesHistory !== true) return send({ history: [{ errors: [DECLINED] }] })
  const chats = lineOf(deps, number)?.chats ?? []
  const pictures: Json[] = []
  PHASES.forEach((end, phase) => {
    const begin = PHASES[phase - 1] ?? -1
    const inPhase = chats.filter(({ agoDays }) => agoDays >= Math.max(0, begin) && agoDays < end)
    const threads = [...Map.groupBy(inPhase, ({ phone }) => phone)].map(([phone, own]) => ({
      id: phone,
      messages: own.map((chat, index) => messageOf(deps, number, chat, { index, pictures })),
    }))
    const progress = Math.round(((phase + 1) * 100) / PHASES.length)
    send({ history: [{ metadata: { phase, chunk_order: 1, progress }, threads }] })
  })
  for (const picture of pictures) send({ messages: [picture] })
}

type Chat = LineRecord['chats'][number]

function messageOf(
  { world, media }: Deps,
  number: NumberRecord,
  chat: Chat,
  { index, pictures }: { index: number; pictures: Json[] },
): Json {
  const timestamp = String(world.nowSeconds() - chat.agoDays * DAY_SECONDS - 3_600 + index)
  const id = newWamid(chat.phone)
  const ends = chat.isFromBusiness ? { from: number.digits, to: chat.phone } : { from: chat.phone }
  const history_context = { status: chat.isFromBusiness ? 'READ' : 'PLAYED' }
  if (chat.text !== '') return { ...ends, id, timestamp, type: 'text', text: { body: chat.text }, history_context }
  const bytes = pngPicture(64, 48)
  const {
    id: mediaId,
    sha256,
    mimeType,
  } = media.add({
    phoneNumberId: number.id,
    bytes,
    mimeType: 'image/png',
    origin: 'webhook',
  })
  const image = { id: mediaId, sha256, mime_type: mimeType }
  pictures.push({ ...ends, id, timestamp, type: 'image', image })
  return { ...ends, id, timestamp, type: 'media_placeholder', history_context }
}

function lineOf({ world }: Deps, number: NumberRecord): LineRecord | undefined {
  return world.state.lines[number.digits]
}

function emit({ outbox }: Deps, number: NumberRecord, field: string, value: unknown): void {
  outbox.emit({ wabaId: number.wabaId, phoneNumberId: number.id, field, value })
}
