import { insert, SEEDED_AT } from '../test/seed.ts'
import type { Access } from './platform/app-env.ts'
import type { OrgScope } from './platform/scope.ts'

type SetupRow = {
  access: Access
  path: string
  body?: unknown
  good: string
  foreign: string
  department: string
}

const attemptId = 'fb_aaaaaaaaaaaaaaaaaaaa'

const row = (access: Access, path: string, good: string, foreign: string, body?: unknown): SetupRow => ({
  access,
  path,
  good,
  foreign,
  department: foreign,
  ...(body === undefined ? {} : { body }),
})

const account = '/api/accounts/700101'
const number = '/api/numbers/800101'
const notOffered = '422 setup.not_offered'
const noAccount = '404 setup.account_unknown'
const noNumber = '404 setup.number_unknown'
const draft = { displayName: 'Example', vertical: 'RETAIL', description: '' }

/** As far as it goes without a token that Meta would take; whoever gets so far may. */
const noToken = '409 setup.token_unreadable'
const change = (path: string, good: string, foreign: string, body?: unknown): SetupRow =>
  row('administrator', path, good, foreign, body)

/** The rows of setting up, for the table of every route. */
export const SETUP_ROWS: Record<string, SetupRow> = {
  'POST /api/setup/facebook': row(
    'administrator',
    '/api/setup/facebook',
    '422 setup.not_offered',
    '422 setup.not_offered',
    {},
  ),
  'GET /api/setup/facebook/:attemptId': row(
    'admin',
    `/api/setup/facebook/${attemptId}`,
    '200',
    '404 setup.attempt_unknown',
  ),
  'GET /api/numbers/:phoneNumberId/archive': row(
    'viewer',
    '/api/numbers/800100/archive',
    '200 empty',
    '404 numbers.not_found',
  ),
  'GET /api/numbers/:phoneNumberId/archive/people': row(
    'viewer',
    '/api/numbers/800100/archive/people',
    '200 empty',
    '404 numbers.not_found',
  ),
  'POST /api/setup/own-app': change('/api/setup/own-app', '422 request.invalid', '422 request.invalid', {}),
  'POST /api/setup/claim': change('/api/setup/claim', notOffered, notOffered, { wabaId: '700101' }),
  'POST /api/setup/claim/confirm': change('/api/setup/claim/confirm', notOffered, notOffered, {
    wabaId: '700101',
    code: '123456',
  }),
  'PUT /api/accounts/:wabaId/profile': change(`${account}/profile`, '200', noAccount, draft),
  'POST /api/accounts/:wabaId/numbers': change(`${account}/numbers`, noToken, noAccount, {
    countryCode: '44',
    phoneNumber: '2079460101',
  }),
  'POST /api/accounts/:wabaId/refresh': change(`${account}/refresh`, noToken, noAccount),
  'POST /api/accounts/:wabaId/review-date': change(`${account}/review-date`, '200', noAccount, {
    submittedAt: '2026-11-01T00:00:00.000Z',
  }),
  'DELETE /api/accounts/:wabaId': change(account, '409 setup.has_channels', noAccount),
  'POST /api/numbers/:phoneNumberId/code': change(`${number}/code`, noToken, noNumber, {
    method: 'SMS',
    language: 'en',
  }),
  'POST /api/numbers/:phoneNumberId/verify': change(`${number}/verify`, noToken, noNumber, { code: '123456' }),
  'POST /api/numbers/:phoneNumberId/register': change(`${number}/register`, noToken, noNumber, {}),
  'POST /api/numbers/:phoneNumberId/profile': change(`${number}/profile`, noToken, noNumber),
  'POST /api/numbers/:phoneNumberId/designate': change(`${number}/designate`, '200', noNumber),
  'POST /api/numbers/:phoneNumberId/history': change(`${number}/history`, noToken, noNumber),
}

/** What the rows are about: a try to connect, an account and a number of the Business app, all of the first organisation. */
export async function seedSetupRows({ db, orgId }: OrgScope): Promise<void> {
  await insert(db, 'facebook_attempts', {
    id: attemptId,
    org_id: orgId,
    state: 'open',
    started_by: '1800000000600:Ana Ito',
    started_at: SEEDED_AT,
    changed_at: SEEDED_AT,
  })
  await insert(db, 'accounts', {
    org_id: orgId,
    waba_id: '700101',
    name: 'Example Parcels',
    business_id: '600100',
    how: 'embedded',
    token: 'k1.sealed',
    token_issued_at: SEEDED_AT,
    connected_at: SEEDED_AT,
  })
  await insert(db, 'numbers', {
    org_id: orgId,
    phone_number_id: '800101',
    waba_id: '700101',
    portfolio_id: '600100',
    display_phone_number: '+44 20 7946 0101',
    token: 'k1.sealed',
    is_coexistent: 1,
    connected_at: SEEDED_AT,
  })
  await insert(db, 'channels', {
    id: 'ch_aaaaaaaaaaaaaaaaaaa1',
    org_id: orgId,
    phone_number_id: '800101',
    name: 'Setup line',
    department_id: '100',
    created_at: SEEDED_AT,
  })
}
