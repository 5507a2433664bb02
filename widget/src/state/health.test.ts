import { expect, it } from 'vitest'
import { phoneNumberIdSchema } from '../../../contract/index.ts'
import { refusal } from '../../test/fixtures.ts'
import { fail } from '../result.ts'
import { createHealth } from './health.ts'

it('asks each thing where the Worker answers it', async () => {
  const calls: string[] = []
  const health = createHealth({
    read: async (_, path) => {
      calls.push(`GET ${path}`)
      return fail(refusal(503, 'down'))
    },
    change: async (_, method, path, body) => {
      calls.push(`${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`)
      return fail(refusal(503, 'down'))
    },
  })
  const id = phoneNumberIdSchema.parse('800100')
  await health.overview()
  await health.problems()
  await health.check(id)
  await health.repair(id)
  await health.startTest(id)
  await health.lookAtTest('test_1')
  await health.saveAlerts('https://example.com/')
  expect(calls).toEqual([
    'GET /api/overview',
    'GET /api/problems',
    'POST /api/numbers/800100/check',
    'POST /api/numbers/800100/repair',
    'POST /api/numbers/800100/test',
    'POST /api/tests/test_1',
    'PUT /api/alerts {"url":"https://example.com/"}',
  ])
})
