import type { KnownFault } from '../../contract/faults.ts'
import type { JsonObject } from '../../contract/json.ts'
import { schemaReference } from '../meta-patches.ts'

const text = { type: 'string' }
const schemas = 'components/schemas'
const TEMPLATES = 'paths/~1{Version}~1{WABA-ID}~1message_templates'
const TEMPLATE = 'paths/~1{Version}~1{TEMPLATE_ID}'
const PHONE = 'paths/~1{Version}~1{Phone-Number-ID}'
const BODY = 'requestBody/content/application~1json/schema'
const ANSWER = 'responses/200/content/application~1json/schema'

const health: JsonObject = {
  type: 'object',
  required: ['can_send_message', 'entities'],
  properties: {
    can_send_message: { enum: ['AVAILABLE', 'LIMITED', 'BLOCKED'] },
    entities: {
      type: 'array',
      items: {
        type: 'object',
        required: ['entity_type', 'id', 'can_send_message'],
        properties: {
          entity_type: { enum: ['PHONE_NUMBER', 'MESSAGE_TEMPLATE', 'WABA', 'BUSINESS', 'APP'] },
          id: text,
          can_send_message: { enum: ['AVAILABLE', 'LIMITED', 'BLOCKED'] },
          additional_info: { type: 'array', items: text },
          errors: { type: 'array', items: { type: 'object' } },
        },
      },
    },
  },
}

const callbacks: JsonObject = {
  type: 'object',
  properties: { phone_number: text, whatsapp_business_account: text, application: text },
}

const throughput: JsonObject = { type: 'object', required: ['level'], properties: { level: text } }

const PHONE_STATUS = ['PENDING', 'LINKED', 'UNLINKED', 'DELETED', 'MIGRATED', 'BANNED', 'RESTRICTED']
const BUSINESS_STATUS = ['VERIFIED', 'UNVERIFIED', 'PENDING', 'REJECTED']

/** Numbers, accounts, profiles, templates and subscriptions. */
export const objectFaults: readonly KnownFault[] = [
  {
    id: 'phone-members',
    where: `${schemas}/PhoneNumberInfo`,
    lacks: {
      status: text,
      platform_type: text,
      throughput,
      account_mode: { enum: ['LIVE', 'SANDBOX'] },
      is_on_biz_app: { type: 'boolean' },
      webhook_configuration: callbacks,
      last_onboarded_time: text,
      health_status: health,
      whatsapp_business_manager_messaging_limit: text,
      new_display_name: text,
      new_name_status: text,
    },
    why: 'fields of a number that came later',
  },
  {
    id: 'phone-callback-removed',
    where: `${schemas}/WebhookConfiguration/properties/override_callback_uri`,
    says: { format: 'uri' },
    why: 'an empty address takes the override away',
  },
  {
    id: 'phone-list-status',
    where: `${schemas}/WhatsAppPhoneNumberStatus`,
    says: { enum: PHONE_STATUS },
    really: { enum: [...PHONE_STATUS, 'CONNECTED', 'DISCONNECTED', 'FLAGGED', 'RATE_LIMITED', 'UNVERIFIED'] },
    why: 'three lists of the same status contradict each other',
  },
  {
    id: 'phone-list-chosen-fields',
    where: `${schemas}/WhatsAppBusinessAccountPhoneNumber`,
    says: { required: ['display_phone_number', 'status'] },
    why: 'fields= decides what is there',
  },
  {
    id: 'phone-list-members',
    where: `${schemas}/WhatsAppBusinessAccountPhoneNumber`,
    lacks: {
      platform_type: text,
      throughput,
      webhook_configuration: callbacks,
      name_status: text,
      new_display_name: text,
      new_name_status: text,
      is_on_biz_app: { type: 'boolean' },
      last_onboarded_time: text,
      health_status: health,
      whatsapp_business_manager_messaging_limit: text,
    },
    why: 'fields of a number that came later',
  },
  {
    id: 'phone-name-asked-for',
    where: `${PHONE}/post`,
    parameters: [{ name: 'new_display_name', schema: text }],
    why: 'the pages write it as a parameter of the address',
  },
  {
    id: 'phone-moved',
    where: `${schemas}/PhoneNumberCreateRequest`,
    says: { required: ['verified_name'] },
    why: 'a number that moves keeps the name it has (migrate_phone_number)',
  },
  {
    id: 'account-members',
    where: `${schemas}/WhatsAppBusinessAccount`,
    lacks: {
      message_template_namespace: text,
      health_status: health,
      owner_business_info: { type: 'object', required: ['id'], properties: { id: text, name: text } },
      primary_funding_id: text,
    },
    why: 'the namespace is in the twin WhatsAppBusinessAccount_3, the others are in pages only',
  },
  {
    id: 'account-verification',
    where: `${schemas}/BusinessVerificationStatus`,
    says: { enum: BUSINESS_STATUS },
    really: { pattern: '^[A-Za-z_]+$' },
    why: 'Meta writes it in lower case too; the values of several lists contradict each other',
  },
  {
    id: 'business-verification',
    where: `paths/~1{Version}~1{Business-ID}/get/${ANSWER}`,
    lacks: { verification_status: text },
    why: 'whether the business is verified',
  },
  {
    id: 'subscriptions-item',
    where: `${schemas}/SubscribedAppsResponse/properties/data/items`,
    says: { $ref: schemaReference('SubscribedApp') },
    really: { $ref: schemaReference('SubscribedApp_1') },
    why: 'the wrong twin',
  },
  {
    id: 'subscriptions-app',
    where: `${schemas}/SubscribedApp_1/properties/whatsapp_business_api_data`,
    says: { $ref: schemaReference('WhatsAppBusinessApiData') },
    really: { $ref: schemaReference('WhatsAppBusinessApiData_1') },
    why: 'the wrong twin',
  },
  {
    id: 'profile-flat',
    where: `${schemas}/WhatsAppBusinessProfileResponse/properties/data/items`,
    says: { properties: { business_profile: { $ref: schemaReference('WhatsAppBusinessProfile') } } },
    really: { $ref: schemaReference('WhatsAppBusinessProfile') },
    why: 'the profile stands in data[] itself, as the prose has it',
  },
  ...['WhatsAppBusinessProfile', 'WhatsAppBusinessProfileUpdateRequest'].map((name): KnownFault => ({
    id: `profile-description-${name.endsWith('Request') ? 'sent' : 'answered'}`,
    where: `${schemas}/${name}/properties/description`,
    says: { maxLength: 256 },
    really: { maxLength: 512 },
    why: 'the prose says 512',
  })),
  {
    id: 'template-create-format',
    where: `${TEMPLATES}/post/${BODY}`,
    lacks: { parameter_format: text },
    why: 'positional or named parameters',
  },
  {
    id: 'template-create-component',
    where: `${TEMPLATES}/post/${BODY}/properties/components/items`,
    lacks: { example: { type: 'object' }, format: text },
    why: 'samples of parameters, the kind of a header',
  },
  {
    id: 'template-list-format',
    where: `${TEMPLATES}/get/${ANSWER}/properties/data/items`,
    lacks: { parameter_format: text },
    why: 'positional or named parameters',
  },
  {
    id: 'template-read-format',
    where: `${TEMPLATE}/get/${ANSWER}`,
    lacks: { parameter_format: text },
    why: 'positional or named parameters',
  },
]
