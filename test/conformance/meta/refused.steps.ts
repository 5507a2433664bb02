import { demoMeta } from '../../sandbox/demo.ts'
import { customer } from './meta-caller.ts'
import { text } from './meta-steps.ts'
import type { MetaStep } from './meta-steps.ts'

const PHONE = demoMeta.phoneNumberId

/** Refusals of every kind. */
export const refusedSteps: readonly MetaStep[] = [
  { name: 'no token', run: (meta) => meta.send('GET', `/v25.0/${PHONE}`) },
  { name: 'a wrong token', run: (meta) => meta.graph('GET', PHONE, undefined, 'wrong') },
  { name: 'somebody else’s number', run: (meta) => meta.graph('GET', PHONE, undefined, demoMeta.other.token) },
  { name: 'no such object', run: (meta) => meta.graph('GET', '999') },
  { name: 'no such edge', run: (meta) => meta.graph('GET', `${PHONE}/nothing`) },
  { name: 'no such version', run: (meta) => meta.send('GET', `/v1.0/${PHONE}`, undefined, demoMeta.token) },
  { name: 'no such field', run: (meta) => meta.graph('GET', `${PHONE}?fields=colour`) },
  { name: 'no product', run: (meta) => meta.graph('POST', `${PHONE}/messages`, { to: customer, type: 'text' }) },
  { name: 'no recipient', run: (meta) => text(meta, { to: undefined }) },
  { name: 'a wrong type', run: (meta) => meta.say({ type: 'fax', fax: {} }) },
  { name: 'a text too long', run: (meta) => text(meta, { text: { body: 'x'.repeat(4097) } }) },
  { name: 'a file that is not there', run: (meta) => meta.say({ type: 'image', image: { id: '1' } }) },
  {
    name: 'a template that is not there',
    run: (meta) => meta.say({ type: 'template', template: { name: 'nothing', language: { code: 'en_GB' } } }),
  },
  { name: 'a wrong code', run: (meta) => meta.graph('POST', `${PHONE}/request_code`, { code_method: 'FAX' }) },
  { name: 'an empty profile', run: (meta) => meta.graph('POST', `${PHONE}/whatsapp_business_profile`, { about: '' }) },
]
