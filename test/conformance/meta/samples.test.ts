import { beforeAll, describe, expect, it } from 'vitest'
import { isObject, objectAt } from '../contract/json.ts'
import type { JsonObject } from '../contract/json.ts'
import { contractsFolder } from '../contracts.ts'
import { prepareMeta, readMetaFile } from './meta-contract.ts'
import type { MetaDocument } from './meta-contract.ts'
import { metaFaults } from './meta-faults.ts'
import { META, schemaReference } from './meta-patches.ts'

const folder = contractsFolder()

const SEND = 'paths/~1{Version}~1{Phone-Number-ID}~1messages/post/requestBody/content/application~1json'
const HOOK = 'paths/~1whatsapp~1webhooks/post/requestBody/content/application~1json'

const NO_ADDRESS = 'the link is "http(s)://…"'
const NO_TYPE = 'the type is left out'
const OLD_TIME = 'date_time has the members of an older version'

/** Samples that no correction makes good: nothing we send or get looks like them. */
const brokenMessages: Readonly<Record<string, string>> = {
  'Send Audio Message by URL': NO_ADDRESS,
  'Send Catalog Template Message': 'a button’s parameter of type action',
  'Send Document Message by URL': NO_ADDRESS,
  'Send Flow Template Message': 'a button’s parameter of type action',
  'Send Image Message by URL': NO_ADDRESS,
  'Send Message Template Interactive': NO_ADDRESS,
  'Send Message Template Media': NO_ADDRESS,
  'Send Message Template Text': OLD_TIME,
  'Send Multi-Product Message': 'the type of the header is "<HEADER_TYPE>"',
  'Send Order Details Message': 'an action of a kind of its own',
  'Send Order Status Message': 'an action of a kind of its own',
  'Send Reply to Audio Message by URL': NO_ADDRESS,
  'Send Reply to Document Message by URL': NO_ADDRESS,
  'Send Reply to Image Message by URL': NO_ADDRESS,
  'Send Reply to List Message': NO_TYPE,
  'Send Reply to Video Message by URL': NO_ADDRESS,
  'Send Sample Issue Resolution Template': 'a text is true',
  'Send Sample Shipping Confirmation Template': OLD_TIME,
  'Send Sample Text Message': OLD_TIME,
  'Send Text Message with Preview URL': NO_TYPE,
  'Send Video Message by URL': NO_ADDRESS,
}

const brokenWebhooks: Readonly<Record<string, string>> = {
  'Group Create Message': 'times and participants change between text and number',
  'Group Settings Update': 'times change between text and number',
  'Group Remove Participants': 'times and participants change between text and number',
}

describe.skipIf(folder === undefined)('Meta’s own samples', () => {
  let file: JsonObject
  let meta: MetaDocument

  beforeAll(() => {
    file = readMetaFile(folder ?? '')
    meta = prepareMeta(file, metaFaults)
  })

  const refused = (place: string, schema: string): string[] => {
    const samples = Object.entries(objectAt(file, `${place}/examples`))
    expect(samples.length).toBeGreaterThan(10)
    return samples
      .filter(([, sample]) => meta.validators.check(schema, isObject(sample) ? sample['value'] : undefined).length > 0)
      .map(([name]) => name)
  }

  it('of messages fit but for those that are broken', () => {
    expect(refused(SEND, schemaReference('Message')).toSorted()).toEqual(Object.keys(brokenMessages).toSorted())
  })

  it('of webhooks fit but for those that are broken', () => {
    expect(refused(HOOK, `${META}#/${HOOK}/schema`).toSorted()).toEqual(Object.keys(brokenWebhooks).toSorted())
  })
})
