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
}

/** What the rows are about: a try to connect that belongs to the first organisation. */
export async function seedSetupRows({ db, orgId }: OrgScope): Promise<void> {
  await insert(db, 'facebook_attempts', {
    id: attemptId,
    org_id: orgId,
    state: 'open',
    started_by: '1800000000600:Ana Ito',
    started_at: SEEDED_AT,
    changed_at: SEEDED_AT,
  })
}
