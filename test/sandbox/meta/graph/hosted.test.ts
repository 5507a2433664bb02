import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/wait.ts'
import { demoMeta } from '../../demo.ts'
import { signupFacts } from '../signup/facts.ts'
import { errorOf, MetaKit, partsOf } from '../testkit.ts'
import type { Answer } from '../testkit.ts'
import { proofOf } from './hosted.ts'

let kit: MetaKit
const { businessId, wabaId, appSecret } = demoMeta
const { systemToken, ownApp } = signupFacts
const proof = proofOf(appSecret, systemToken)

beforeEach(async () => {
  kit = await MetaKit.start({ isEmpty: true })
  kit.meta.deps.world.state.tokens = kit.meta.deps.world.state.tokens.filter(({ token }) => token !== demoMeta.token)
})
afterEach(() => kit.stop())

/** A customer goes through Meta's hosted link: no window waits, so there is no code. */
async function signUp(): Promise<void> {
  const { text } = await kit.request('GET', signupFacts.hostedPath)
  const session = /data-session="([^"]+)"/.exec(text)?.[1] ?? ''
  const actions = [
    { do: 'login', userId: signupFacts.userId },
    { do: 'business', businessId },
    { do: 'pick', wabaId, number: demoMeta.secondPhoneNumberId },
    { do: 'confirm' },
  ]
  for (const action of actions) {
    const view = await kit.request('POST', `/dialog/api/${session}`, action)
    expect(view.body['problem']).toBeNull()
  }
}
const fetchToken = (query: Record<string, string>, token: string = systemToken): Promise<Answer> =>
  kit.graph('POST', `${businessId}/system_user_access_tokens?${new URLSearchParams(query)}`, null, token)

describe('hosted signup', () => {
  it('tells the app by a webhook, and gives its system user the business’s token', async () => {
    await signUp()
    await eventually('PARTNER_ADDED', () => kit.values().length === 1)
    expect(kit.values()[0]).toEqual({
      event: 'PARTNER_ADDED',
      waba_info: { waba_id: wabaId, owner_business_id: businessId },
    })
    const { body } = await fetchToken({ appsecret_proof: proof, fetch_only: 'true' })
    const list = await kit.graph('GET', `${wabaId}/phone_numbers`, null, String(body['access_token']))
    expect(partsOf(list.body['data'])).toHaveLength(2)
    expect(kit.meta.deps.world.state.codes).toEqual([])
  })

  it.each([
    ['a proof', { fetch_only: 'true' }, systemToken],
    ['the right proof', { fetch_only: 'true', appsecret_proof: 'x' }, systemToken],
    ['fetch_only', { appsecret_proof: proof }, systemToken],
    ['the token of a system user', { fetch_only: 'true' }, `${demoMeta.appId}|${appSecret}`],
    [
      'a system user of this app',
      { fetch_only: 'true', appsecret_proof: proofOf(ownApp.secret, ownApp.token) },
      demoMeta.other.token,
    ],
  ])('gives no token without %s', async (_what, query, token) => {
    await signUp()
    const answer = await fetchToken(query, token)
    expect([400, 403]).toContain(answer.status)
    expect(answer.body).not.toHaveProperty('access_token')
  })

  it('gives no token of a business that shared nothing', async () => {
    expect(errorOf(await fetchToken({ appsecret_proof: proof, fetch_only: 'true' }))).toMatchObject({ code: 200 })
  })

  it('waits with the webhook where that was asked for', async () => {
    await kit.control('settings', { onboarding: { partnerAddedDelayMs: 60_000 } })
    await signUp()
    expect(kit.meta.deps.outbox.list()).toEqual([])
    expect((await kit.request('GET', '/signup/1')).status).toBe(400)
  })
})

describe('the accounts of a business', () => {
  it('are listed for a token that may see them', async () => {
    await signUp()
    const owned = await kit.graph(
      'GET',
      `${businessId}/owned_whatsapp_business_accounts?fields=id,name`,
      null,
      systemToken,
    )
    expect(owned.body['data']).toEqual([{ id: wabaId, name: 'Example Parcels' }])
    const client = `${signupFacts.ownerBusinessId}/client_whatsapp_business_accounts?fields=id`
    expect((await kit.graph('GET', client, null, systemToken)).body['data']).toContainEqual({ id: wabaId })
    const others = `${demoMeta.other.businessId}/owned_whatsapp_business_accounts`
    expect(errorOf(await kit.graph('GET', others, null, systemToken))).toMatchObject({ code: 200 })
  })
})

describe('the proof of an app’s secret', () => {
  it('is held against every call that brings one', async () => {
    const read = (given: string): Promise<Answer> =>
      kit.graph('GET', `${wabaId}?appsecret_proof=${given}`, null, ownApp.token)
    expect((await read(proofOf(ownApp.secret, ownApp.token))).status).toBe(200)
    expect(errorOf(await read(proofOf(appSecret, ownApp.token)))).toMatchObject({ status: 400, code: 100 })
  })
})
