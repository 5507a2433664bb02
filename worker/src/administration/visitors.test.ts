import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { callApp, testApp } from '../../test/api.ts'

const app = testApp()

it.each([
  ['GET', '/admin/sign-in', undefined],
  ['GET', '/oauth/zoho/callback?state=a&code=b', undefined],
  ['POST', '/admin/sign-in/confirm', 'confirm=a&decision=continue'],
  ['POST', '/api/admin/session', { code: 'a'.repeat(40), verifier: 'b'.repeat(43) }],
  ['GET', '/connect/facebook?ticket=a', undefined],
  ['POST', '/connect/facebook/result', { page: 'a' }],
])('%s %s is counted by where it comes from, for itself', async (method, path, body) => {
  const keys: string[] = []
  const bindings = {
    ...env,
    SESSION_LIMIT: {
      limit: async ({ key }: { key: string }) => {
        keys.push(key)
        return { success: false }
      },
    },
  }
  const headers = {
    'CF-Connecting-IP': '192.0.2.7',
    ...(typeof body === 'string' && { 'Content-Type': 'application/x-www-form-urlencoded' }),
  }
  const response = await callApp(app, { method, path, headers, ...(body !== undefined && { body }) }, bindings)
  expect({ status: response.status, wait: response.headers.get('Retry-After') }).toEqual({ status: 429, wait: '60' })
  expect(keys).toEqual([expect.stringMatching(/^visitor:\w+:192\.0\.2\.7$/)])
})
