import { z } from 'zod'
import type { Administrator } from '../sandbox/administrator.ts'
import { demoMeta } from '../sandbox/demo.ts'
import { signupFacts } from '../sandbox/meta/signup/facts.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'

const windowSchema = z.object({ attemptId: z.string(), url: z.string() })
const failureSchema = z.object({ step: z.string(), key: z.string(), who: z.string(), action: z.string() })
const attemptSchema = z.object({
  state: z.string(),
  failure: failureSchema.nullable(),
  wabaId: z.string().nullable(),
  phoneNumberId: z.string().nullable(),
})
const viewSchema = z.object({
  problem: z.string().nullable(),
  outcome: z.object({ event: z.unknown(), code: z.string() }).nullable(),
})

export type Attempt = z.infer<typeof attemptSchema>

/** What the dialog hands to the page that opened it. */
export type Signup = { code: string; event: unknown }

/** A person goes through Meta's dialog without a browser. Each action must be accepted. */
export async function signUp({ endpoints }: Sandbox, actions: readonly object[], extras: object = {}): Promise<Signup> {
  const query = new URLSearchParams({
    client_id: demoMeta.appId,
    config_id: signupFacts.loginConfigId,
    response_type: 'code',
    override_default_response_type: 'true',
    origin: endpoints.worker,
    state: 's',
    extras: JSON.stringify({ setup: {}, ...extras }),
  })
  const page = await (await fetch(`${endpoints.meta}/v25.0/dialog/oauth?${query}`)).text()
  return walkDialog(endpoints.meta, page, [...actions, { do: 'confirm' }])
}

/** Through a dialog whose page was opened, action by action. */
export async function walkDialog(meta: string, page: string, actions: readonly object[]): Promise<Signup> {
  const session = /data-session="([^"]+)"/.exec(page)?.[1]
  if (session === undefined) throw new Error(`The dialog does not open: ${page}`)
  let outcome: Signup | null = null
  for (const action of actions) {
    const response = await fetch(`${meta}/dialog/api/${session}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    })
    const view = viewSchema.parse(await response.json())
    if (view.problem !== null) throw new Error(`${JSON.stringify(action)}: ${view.problem}`)
    outcome = view.outcome
  }
  if (outcome === null) throw new Error('The dialog did not end.')
  return outcome
}

/** The Worker's window for Facebook: opened by the administrator, its answer posted as its page would. */
export class FacebookWindow {
  readonly #sandbox: Sandbox
  readonly #page: string

  private constructor(sandbox: Sandbox, page: string) {
    this.#sandbox = sandbox
    this.#page = page
  }

  static async open(sandbox: Sandbox, administrator: Administrator, coexistence = false): Promise<FacebookWindow> {
    const { url } = await administrator.done(windowSchema, 'POST', '/api/setup/facebook', { coexistence })
    const text = await (await fetch(url)).text()
    const page = /"page":"([^"]+)"/.exec(text)?.[1]
    if (page === undefined) throw new Error(`The window for Facebook says: ${text}`)
    return new FacebookWindow(sandbox, page)
  }

  async answer(result: Partial<Signup>): Promise<Attempt> {
    const response = await fetch(`${this.#sandbox.endpoints.worker}/connect/facebook/result`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ page: this.#page, ...result }),
    })
    return attemptSchema.parse(await response.json())
  }
}
