import type { KnownFault } from '../../contract/faults.ts'

const text = { type: 'string' }
const schemas = 'components/schemas'
const BUTTON_INDEX = '^[2-6, 11-14]$'
const anyText = { type: 'string', minLength: 1 }

/** `POST /{Phone-Number-ID}/messages` */
export const outgoingFaults: readonly KnownFault[] = [
  {
    id: 'send-recipient-type',
    where: `${schemas}/BaseMessageProperties`,
    says: { required: ['recipient_type'] },
    why: 'optional, individual when left out',
  },
  {
    id: 'send-recipient-instead-of-to',
    where: `${schemas}/BaseMessageProperties`,
    says: { required: ['to'] },
    really: { anyOf: [{ required: ['to'] }, { required: ['recipient'] }] },
    why: 'a business-scoped user id goes into recipient',
  },
  {
    id: 'send-recipient',
    where: `${schemas}/BaseMessageProperties`,
    lacks: { recipient: text },
    why: 'a business-scoped user id goes into recipient',
  },
  {
    id: 'send-callback-data',
    where: `${schemas}/BaseMessageProperties`,
    lacks: { biz_opaque_callback_data: { type: 'string', maxLength: 512 } },
    why: 'described for calls only; statuses of messages give it back',
  },
  {
    id: 'send-media-members',
    where: `${schemas}/MediaObject`,
    lacks: {
      caption: { type: 'string', maxLength: 1024 },
      filename: text,
      voice: { type: 'boolean' },
    },
    why: 'the wrong twin: captions are in MediaObject_1; documents have a name, voice notes a mark',
  },
  ...['latitude', 'longitude'].map((name): KnownFault => ({
    id: `send-location-${name}`,
    where: `${schemas}/LocationMessage/allOf/1/properties/location/properties/${name}`,
    says: { type: 'string' },
    really: { type: 'number' },
    why: 'coordinates are numbers',
  })),
  ...['Phone', 'Email', 'Url', 'Address'].map((name): KnownFault => ({
    id: `send-contact-${name.toLowerCase()}-type`,
    where: `${schemas}/${name}Object/properties/type`,
    says: { enum: ['HOME', 'WORK'] },
    really: anyText,
    why: 'other types exist, as CELL, Mobile or IPHONE',
  })),
  {
    id: 'send-list-body',
    where: `${schemas}/BodyObject/properties/text`,
    says: { maxLength: 1024 },
    really: { maxLength: 4096 },
    why: 'the body of a list may have 4096 characters',
  },
  {
    id: 'send-interactive-types',
    where: `${schemas}/InteractiveObject/properties/type`,
    says: { enum: ['button', 'call_permission_request', 'catalog_message', 'list', 'product', 'product_list', 'flow'] },
    really: {
      enum: ['button', 'call_permission_request', 'catalog_message', 'list', 'product', 'product_list', 'flow'].concat([
        'cta_url',
        'location_request_message',
        'voice_call',
        'order_details',
        'order_status',
      ]),
    },
    why: 'newer kinds are missing',
  },
  {
    id: 'send-interactive-actions',
    where: `${schemas}/ActionObject`,
    forms: [
      {
        required: ['name', 'parameters'],
        properties: {
          name: { const: 'cta_url' },
          parameters: {
            type: 'object',
            required: ['display_text', 'url'],
            properties: { display_text: { type: 'string', maxLength: 20 }, url: { type: 'string', format: 'uri' } },
          },
        },
      },
      { required: ['name'], properties: { name: { const: 'send_location' } } },
    ],
    why: 'the actions of the newer kinds are missing',
  },
  {
    id: 'send-template-language-policy',
    where: `${schemas}/LanguageObject`,
    says: { required: ['policy'] },
    why: 'only the code is needed',
  },
  ...['TemplateComponent', 'ButtonComponent/allOf/1'].flatMap((place): KnownFault[] => [
    {
      id: `send-template-button-index-${place.includes('/') ? 'button' : 'base'}`,
      where: `${schemas}/${place}/properties/index`,
      says: { type: 'string', pattern: BUTTON_INDEX },
      really: { type: ['string', 'integer'], pattern: '^[0-9]$', minimum: 0, maximum: 9 },
      why: 'a broken pattern: 0 to 9, as text or number',
    },
    {
      id: `send-template-button-kind-${place.includes('/') ? 'button' : 'base'}`,
      where: `${schemas}/${place}/properties/sub_type`,
      says: { enum: ['quick_reply', 'url', 'catalog'] },
      really: { enum: ['quick_reply', 'url', 'catalog', 'flow', 'QUICK_REPLY', 'URL', 'CATALOG', 'FLOW'] },
      why: 'flow and the upper-case forms are missing',
    },
  ]),
  {
    id: 'send-typing-indicator',
    where: `${schemas}/MarkMessageRequestPayload`,
    lacks: { typing_indicator: { type: 'object', required: ['type'], properties: { type: { const: 'text' } } } },
    why: 'a read receipt may show that somebody is typing',
  },
  {
    id: 'send-answer-user-id',
    where: `${schemas}/MessageResponsePayload/else/properties/contacts/items`,
    lacks: { user_id: text },
    why: 'the answer to a message to a business-scoped user id names it',
  },
  {
    id: 'error-details',
    where: `${schemas}/GraphAPIError/properties/error`,
    lacks: {
      error_data: {
        type: 'object',
        properties: { messaging_product: { const: 'whatsapp' }, details: text },
      },
    },
    why: 'what is wrong stands in error_data.details',
  },
]
