import type { KnownFault } from '../../contract/faults.ts'
import type { JsonObject } from '../../contract/json.ts'
import { fieldsNotDescribed } from '../meta-not-described.ts'
import { schemaReference } from '../meta-patches.ts'

const text = { type: 'string' }
const schemas = 'components/schemas'
const inner = (name: string, member: string): string => `${schemas}/${name}/allOf/1/properties/${member}`

const FIELDS = ['messages', 'group_lifecycle_update', 'group_settings_update', 'group_participant_update']

/** A message kind of its own, with what all messages have. */
const kind = (properties: JsonObject, required: string[] = []): JsonObject => ({
  allOf: [{ $ref: schemaReference('BaseMessageProperties_1') }, { type: 'object', properties, required }],
})

/** The webhooks. */
export const incomingFaults: readonly KnownFault[] = [
  {
    id: 'webhook-time',
    where: `${schemas}/Entry`,
    lacks: { time: { type: 'integer' } },
    why: 'fields other than messages carry the time',
  },
  {
    id: 'webhook-fields',
    where: `${schemas}/Change/properties/field`,
    says: { enum: FIELDS },
    really: {
      enum: [
        'messages',
        'group_lifecycle_update',
        'group_settings_update',
        'group_participants_update',
        ...fieldsNotDescribed,
      ],
    },
    why: 'one name is misspelt, the fields of accounts, templates and numbers are missing',
  },
  {
    id: 'webhook-user-id',
    where: `${schemas}/ContactProfile`,
    lacks: { user_id: text },
    why: 'business-scoped user ids came later',
  },
  {
    id: 'webhook-username',
    where: `${schemas}/ContactProfile/properties/profile`,
    lacks: { username: text },
    why: 'usernames came later',
  },
  {
    id: 'webhook-profile-name',
    where: `${schemas}/ContactProfile/properties/profile`,
    says: { required: ['name'] },
    why: 'somebody may have no name',
  },
  {
    id: 'webhook-profile',
    where: `${schemas}/ContactProfile`,
    says: { required: ['profile'] },
    why: 'somebody may have no profile',
  },
  {
    id: 'webhook-value-errors',
    where: `${schemas}/IncomingMessageValueGeneral`,
    lacks: { errors: { type: 'array', items: { $ref: schemaReference('ErrorObject_2') } } },
    why: 'errors may stand beside the messages',
  },
  {
    id: 'incoming-from',
    where: `${schemas}/BaseMessageProperties_1`,
    says: { required: ['from'] },
    why: 'the number of somebody with a username may be absent',
  },
  {
    id: 'incoming-from-user-id',
    where: `${schemas}/BaseMessageProperties_1`,
    lacks: { from_user_id: text },
    why: 'business-scoped user ids came later',
  },
  {
    id: 'incoming-context',
    where: `${schemas}/BaseMessageProperties_1`,
    lacks: { context: { $ref: schemaReference('ContextObject') } },
    why: 'described for text, buttons and interactive replies only; every kind can be a reply',
  },
  {
    id: 'incoming-context-members',
    where: `${schemas}/ContextObject`,
    says: { required: ['from', 'id', 'referred_product'] },
    why: 'replies refer to no product, forwarded messages to no message',
  },
  {
    id: 'incoming-forwarded',
    where: `${schemas}/ContextObject`,
    lacks: { forwarded: { type: 'boolean' }, frequently_forwarded: { type: 'boolean' } },
    why: 'how often a message was forwarded',
  },
  {
    id: 'incoming-media-url',
    where: `${schemas}/MediaMessageProperties`,
    lacks: { url: { type: 'string', format: 'uri' } },
    why: 'media carry their address since 2025-10-16',
  },
  {
    id: 'incoming-document-caption',
    where: `${inner('DocumentMessage_1', 'document')}/allOf/1`,
    lacks: { caption: text },
    why: 'documents have captions',
  },
  {
    id: 'incoming-audio-voice',
    where: `${inner('AudioMessage_1', 'audio')}/allOf/1`,
    says: { required: ['voice'] },
    why: 'absent for audio files',
  },
  {
    id: 'incoming-location-name',
    where: inner('LocationMessage_1', 'location'),
    says: { required: ['name', 'address'] },
    why: 'a bare position has neither',
  },
  {
    id: 'incoming-reaction-removed',
    where: inner('ReactionMessage_1', 'reaction'),
    says: { required: ['emoji'] },
    why: 'a reaction that is taken back may come without emoji',
  },
  {
    id: 'incoming-list-description',
    where: `${schemas}/InteractiveListReplyContent/properties/list_reply`,
    says: { required: ['description'] },
    why: 'rows need no description',
  },
  ...['ButtonMessage', 'InteractiveMessageReply'].map((name): KnownFault => ({
    id: `incoming-${name === 'ButtonMessage' ? 'button' : 'interactive'}-context`,
    where: `${schemas}/${name}/allOf/1`,
    says: { required: ['context'] },
    why: 'the context may be absent',
  })),
  {
    id: 'incoming-interactive-kinds',
    where: inner('InteractiveMessageReply', 'interactive'),
    kinds: {
      nfm_reply: {
        required: ['nfm_reply'],
        properties: {
          nfm_reply: {
            type: 'object',
            properties: { name: text, body: text, response_json: text },
            required: ['response_json'],
          },
        },
      },
      call_permission_reply: {
        required: ['call_permission_reply'],
        properties: { call_permission_reply: { type: 'object' } },
      },
    },
    why: 'answers to flows and to requests for permission to call',
  },
  {
    id: 'incoming-unsupported-kind',
    where: `${schemas}/UnsupportedMessage/allOf/1`,
    lacks: { unsupported: { type: 'object', properties: { type: text } } },
    why: 'names what it was since 2025-11',
  },
  {
    id: 'incoming-kinds',
    where: `${schemas}/IncomingMessage`,
    kinds: {
      edit: kind(
        {
          edit: {
            type: 'object',
            required: ['original_message_id', 'message'],
            properties: { original_message_id: text, message: { type: 'object', required: ['type'] } },
          },
        },
        ['edit'],
      ),
      revoke: kind(
        {
          revoke: { type: 'object', required: ['original_message_id'], properties: { original_message_id: text } },
        },
        ['revoke'],
      ),
      request_welcome: kind({}),
    },
    why: 'newer kinds are missing',
  },
  {
    id: 'incoming-system-kinds',
    where: `${inner('SystemMessage', 'system')}/properties/type`,
    says: { enum: ['user_changed_number'] },
    really: { enum: ['user_changed_number', 'user_changed_user_id'] },
    why: 'user ids change too',
  },
  {
    id: 'incoming-system-user-id',
    where: inner('SystemMessage', 'system'),
    lacks: { user_id: text, previous_user_id: text },
    why: 'business-scoped user ids came later',
  },
  {
    id: 'status-recipient',
    where: `${schemas}/Statuses`,
    says: { required: ['recipient_id'] },
    why: 'the number of somebody with a username may be absent',
  },
  {
    id: 'status-members',
    where: `${schemas}/Statuses`,
    lacks: { recipient_user_id: text, biz_opaque_callback_data: text },
    why: 'user ids came later; callback data are given back',
  },
  {
    id: 'status-contacts',
    where: `${schemas}/StatusMessageValue`,
    lacks: { contacts: { type: 'array', items: { $ref: schemaReference('ContactProfile') } } },
    why: 'statuses that are no failure carry the contact',
  },
  {
    id: 'status-pricing-type',
    where: `${schemas}/Pricing`,
    lacks: { type: { type: 'string', enum: ['regular', 'free_customer_service', 'free_entry_point'] } },
    why: 'per-message pricing says how a message is charged',
  },
]
