import { whenMember } from '../contract/faults.ts'
import { objectAt, step } from '../contract/json.ts'
import type { JsonObject } from '../contract/json.ts'
import type { Patch } from '../contract/patches.ts'
import { walkDocument, walkSchema } from '../contract/schemas.ts'
import { chooseByType, whenThere } from './by-type.ts'

export const META = 'contract://meta/v23.0'

export const schemaReference = (name: string): string => `${META}#/components/schemas/${name}`
export const schemaOf = (document: JsonObject, name: string): JsonObject =>
  objectAt(document, `components/schemas/${name}`)

const INCOMING = {
  text: 'TextMessage_2',
  reaction: 'ReactionMessage_1',
  audio: 'AudioMessage_1',
  document: 'DocumentMessage_1',
  image: 'ImageMessage_1',
  sticker: 'StickerMessage_1',
  video: 'VideoMessage_1',
  location: 'LocationMessage_1',
  contacts: 'ContactSharingMessage',
  unsupported: 'UnsupportedMessage',
  unknown: 'UnsupportedMessage',
  button: 'ButtonMessage',
  interactive: 'InteractiveMessageReply',
  order: 'OrderMessage',
}

/** What the contract's own notes say must be done before the file describes anything. */
export const metaPatches: readonly Patch<JsonObject>[] = [
  {
    name: 'open branches',
    why: 'additionalProperties: false stands inside allOf branches and rejects the fields of the sibling branch',
    apply: (document) => {
      let dropped = 0
      walkDocument(document, (schema, pointer) => {
        if (!pointer.startsWith('components/schemas/') || schema['additionalProperties'] !== false) return
        delete schema['additionalProperties']
        dropped += 1
      })
      return dropped
    },
  },
  {
    name: 'incoming twins',
    why: 'colliding schemas were renamed to _1 and _2 when the file was merged, but the references still name the first',
    apply: (document) => {
      const incoming = schemaOf(document, 'IncomingMessage')
      const mapping: JsonObject = {}
      for (const [type, name] of Object.entries(INCOMING)) mapping[type] = schemaReference(name)
      incoming['discriminator'] = { propertyName: 'type', mapping }
      const targets = [...new Set(Object.values(INCOMING)), 'SystemMessage']
      return targets.reduce((changed, name) => changed + useTwins(schemaOf(document, name)), 0)
    },
  },
  {
    name: 'outgoing message by type',
    why: 'oneOf tries every kind of message; the discriminator says which one it is',
    apply: (document) => {
      chooseByType(schemaOf(document, 'Message'))
      return 1
    },
  },
  {
    name: 'read receipts',
    why: 'they share their path with messages; their schemas are in the file, but nothing refers to them',
    apply: (document) => {
      const schemas = objectAt(document, 'components/schemas')
      schemas['Message'] = {
        if: { required: ['status'] },
        then: { $ref: schemaReference('MarkMessageRequestPayload') },
        else: schemaOf(document, 'Message'),
      }
      schemas['MessageResponsePayload'] = {
        if: { required: ['success'] },
        then: { $ref: schemaReference('MarkMessageResponsePayload') },
        else: schemaOf(document, 'MessageResponsePayload'),
      }
      return 2
    },
  },
  {
    name: 'incoming message by type',
    why: 'oneOf tries every kind of message; the discriminator says which one it is',
    apply: (document) => {
      chooseByType(schemaOf(document, 'IncomingMessage'))
      chooseByType(objectAt(document, 'components/schemas/InteractiveMessageReply/allOf/1/properties/interactive'))
      return 2
    },
  },
  {
    name: 'heirs by type',
    why: 'a base schema whose discriminator names its heirs is referred to itself, so that the heirs would never apply',
    apply: (document) => HEIRS.reduce((changed, name) => changed + followHeirs(document, name), 0),
  },
  {
    name: 'webhook value by field',
    why: 'oneOf over all kinds of value: what applies follows from the field and from what the value holds',
    apply: (document) => {
      const change = schemaOf(document, 'Change')
      const properties = objectAt(change, 'properties')
      properties['value'] = { type: 'object' }
      const group = { properties: { value: { $ref: schemaReference('GroupValue') } } }
      change['allOf'] = [
        whenMember('field', 'messages', { properties: { value: messagesValue() } }),
        whenMember('field', 'group_lifecycle_update', group),
        whenMember('field', 'group_settings_update', group),
        whenMember('field', 'group_participants_update', group),
      ]
      return 1
    },
  },
]

const HEIRS = ['TemplateComponent', 'ParameterObject', 'ButtonParameterObject']

const TWINS = new Map(
  [
    ['BaseMessageProperties', 'BaseMessageProperties_1'],
    ['ContactObject', 'ContactObject_1'],
    ['ErrorObject', 'ErrorObject_2'],
  ].map(([name = '', twin = '']) => [schemaReference(name), schemaReference(twin)]),
)

function useTwins(schema: JsonObject): number {
  let changed = 0
  walkSchema(schema, (inner) => {
    const twin = TWINS.get(String(inner['$ref']))
    if (twin === undefined) return
    inner['$ref'] = twin
    changed += 1
  })
  return changed
}

/** Adds `<Name>ByType` and makes everybody but the heirs themselves refer to it. */
function followHeirs(document: JsonObject, name: string): number {
  const schemas = objectAt(document, 'components/schemas')
  const { discriminator } = schemaOf(document, name)
  const chooser: JsonObject = { discriminator }
  chooseByType(chooser)
  const heirs = Object.values(objectAt(chooser, 'discriminator/mapping')).map(String)
  let changed = 0
  walkDocument(document, (schema, pointer) => {
    const isHeir = heirs.some((heir) => `${META}#/${pointer}`.startsWith(`${heir}/`))
    if (isHeir || schema['$ref'] !== schemaReference(name)) return
    schema['$ref'] = schemaReference(`${step(name)}ByType`)
    changed += 1
  })
  schemas[`${name}ByType`] = chooser
  return changed
}

/** Messages, statuses and errors may stand in one value; `system` messages come in a value of their own. */
function messagesValue(): JsonObject {
  const isSystem = {
    properties: { messages: { contains: { required: ['type'], properties: { type: { const: 'system' } } } } },
  }
  const messages = {
    if: isSystem,
    then: { $ref: schemaReference('IncomingMessageValueSystem') },
    else: { $ref: schemaReference('IncomingMessageValueGeneral') },
  }
  return {
    anyOf: ['messages', 'statuses', 'errors'].map((member) => ({ required: [member] })),
    allOf: [whenThere('messages', messages), whenThere('statuses', { $ref: schemaReference('StatusMessageValue') })],
  }
}
