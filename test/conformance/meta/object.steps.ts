import { demoMeta } from '../../sandbox/demo.ts'
import { signupFacts } from '../../sandbox/meta/signup/facts.ts'
import { objectsIn, valueAt } from '../contract/json.ts'
import type { MetaCaller } from './meta-caller.ts'
import { image } from './meta-steps.ts'
import type { MetaStep } from './meta-steps.ts'

const PHONE = demoMeta.phoneNumberId
const WABA = demoMeta.wabaId
const TEMPLATE = demoMeta.template

const NUMBER_FIELDS =
  'id,display_phone_number,verified_name,name_status,code_verification_status,quality_rating,status,platform_type,' +
  'throughput,account_mode,is_on_biz_app,webhook_configuration,last_onboarded_time,health_status,' +
  'whatsapp_business_manager_messaging_limit,new_display_name,new_name_status'

const PROFILE_FIELDS = 'about,address,description,email,profile_picture_url,websites,vertical,messaging_product'

/** Files, numbers, accounts, profiles, templates and subscriptions. */
export const objectSteps: readonly MetaStep[] = [
  {
    name: 'a file goes up, down and away',
    run: async (meta) => {
      const id = await image(meta)
      await meta.graph('GET', id)
      await meta.graph('GET', `${id}?phone_number_id=${PHONE}`)
      await meta.graph('DELETE', id)
    },
  },
  {
    name: 'a customer’s file',
    run: async (meta) => {
      const messageId = await meta.hear({ type: 'image' })
      const message = await meta.update('messages', ({ id }) => id === messageId)
      await meta.graph('GET', `${String(valueAt(message, 'image/id'))}?phone_number_id=${PHONE}`)
    },
  },
  {
    name: 'a number',
    run: async (meta) => {
      await meta.graph('GET', PHONE)
      await meta.graph('GET', `${PHONE}?fields=${NUMBER_FIELDS}`)
    },
  },
  {
    name: 'the numbers of an account',
    run: async (meta) => {
      await meta.graph('GET', `${WABA}/phone_numbers`)
      await meta.graph('GET', `${WABA}/phone_numbers?fields=id,verified_name,platform_type,throughput&limit=1`)
      await meta.graph('GET', `${WABA}/phone_numbers?fields=${NUMBER_FIELDS}&limit=100`)
    },
  },
  {
    name: 'an account',
    run: async (meta) => {
      await meta.graph('GET', WABA)
      await meta.graph(
        'GET',
        `${WABA}?fields=id,name,currency,account_review_status,business_verification_status,health_status,owner_business_info,primary_funding_id`,
      )
    },
  },
  { name: 'a business', run: (meta) => meta.graph('GET', `${demoMeta.businessId}?fields=id,name,verification_status`) },
  {
    name: 'the accounts of a business, its own and its customers’',
    run: async (meta) => {
      await meta.graph('GET', `${demoMeta.businessId}/owned_whatsapp_business_accounts?fields=id,name,currency`)
      const shared = `${signupFacts.ownerBusinessId}/client_whatsapp_business_accounts`
      await meta.graph('GET', shared, undefined, signupFacts.systemToken)
    },
  },
  { name: 'a new number', run: onboardNumber },
  {
    name: 'another display name',
    run: async (meta) => {
      await meta.graph('POST', `${PHONE}?new_display_name=Example%20Parcels%20Ltd`)
      await meta.graph('POST', PHONE, { new_display_name: 'Example Parcels Limited' })
      await meta.graph('GET', `${PHONE}?fields=${NUMBER_FIELDS}`)
      await meta.graph('GET', `${WABA}/phone_numbers?fields=${NUMBER_FIELDS}`)
    },
  },
  {
    name: 'a number that moves here',
    run: async (meta) => {
      const { phoneNumberId, displayPhoneNumber } = signupFacts.oldProvider
      await meta.control('decision', { do: 'twoStep', phoneNumberId, pin: null })
      const phone = displayPhoneNumber.replace(/\D/g, '').slice(2)
      await meta.graph('POST', `${WABA}/phone_numbers`, { cc: '44', phone_number: phone, migrate_phone_number: true })
    },
  },
  {
    name: 'a profile',
    run: async (meta) => {
      const path = `${PHONE}/whatsapp_business_profile`
      await meta.graph('POST', path, { messaging_product: 'whatsapp', about: 'Open', description: 'x'.repeat(512) })
      await meta.graph('GET', `${path}?fields=${PROFILE_FIELDS}`)
    },
  },
  {
    name: 'templates',
    run: async (meta) => {
      await meta.graph('GET', `${WABA}/message_templates`)
      await meta.graph('GET', `${WABA}/message_templates?name=${TEMPLATE.name}&limit=5`)
      await meta.graph('GET', TEMPLATE.id)
    },
  },
  {
    name: 'subscriptions',
    run: async (meta) => {
      const path = `${WABA}/subscribed_apps`
      const override = { override_callback_uri: meta.callback, verify_token: demoMeta.verifyToken }
      await meta.graph('POST', path)
      await meta.graph('POST', path, override)
      await meta.graph('GET', path)
      await meta.graph('POST', path)
      await meta.graph('POST', PHONE, { webhook_configuration: override })
      await meta.graph('POST', PHONE, { webhook_configuration: { override_callback_uri: '' } })
    },
  },
]

async function onboardNumber(meta: MetaCaller): Promise<void> {
  const added = { cc: '44', phone_number: '2079460333', verified_name: 'Example Parcels' }
  const made = await meta.graph('POST', `${WABA}/phone_numbers`, added)
  const id = String(made.body['id'])
  await meta.graph('POST', `${id}/request_code`, { code_method: 'SMS', language: 'en_US' })
  const state = await meta.send('GET', '/__sandbox/state')
  const number = objectsIn(state.body['numbers']).find((each) => each['id'] === id)
  await meta.graph('POST', `${id}/verify_code`, { code: valueAt(number, 'code/value') })
  await meta.graph('POST', `${id}/register`, { messaging_product: 'whatsapp', pin: '123456' })
  await meta.graph('POST', `${id}/deregister`)
}
