import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

const sessionSchema = z.object({ token: z.string() })
const refusalSchema = z.object({ error: z.object({ code: z.string() }) })

/** What a call of the Worker's API answered. `code` is the refusal's. */
export type Answered = { status: number; body: unknown; code: string | undefined }

/** Who signs in at Zoho, for which portal the settings pane asked, and for what. */
export type SignIn = {
  worker: string
  purpose: 'connect' | 'proof'
  /** The portal whose settings pane opened the window. */
  portalId: string
  /** The person and the portal they choose on Zoho's page. */
  signer: { orgId: string; agentId: string }
  dataCentre?: string
}

/**
 * An administrator with a proof of being one: the sign-in window walked through without a browser, each page and each redirect as a
 * browser would follow it. Throws with the page's text where the window says no.
 */
export class Administrator {
  readonly #worker: string
  readonly #token: string

  constructor(worker: string, token: string) {
    this.#worker = worker
    this.#token = token
  }

  static async signIn(how: SignIn): Promise<Administrator> {
    const verifier = randomBytes(48).toString('base64url')
    const code = await walkSignIn(how, createHash('sha256').update(verifier).digest('base64url'))
    const answer = await call(how.worker, 'POST', '/api/admin/session', { body: { code, verifier } })
    if (answer.status !== 200) throw new Error(`The session answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return new Administrator(how.worker, sessionSchema.parse(answer.body).token)
  }

  get token(): string {
    return this.#token
  }

  call(method: string, path: string, body?: unknown): Promise<Answered> {
    return call(this.#worker, method, path, { token: this.#token, ...(body === undefined ? {} : { body }) })
  }

  /** A call that must succeed; throws with the refusal otherwise. */
  async done<Schema extends z.ZodType>(
    schema: Schema,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<z.output<Schema>> {
    const answer = await this.call(method, path, body)
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return schema.parse(answer.body)
  }
}

/** From the pane's address of the window to the code it ends with. */
async function walkSignIn(how: SignIn, challenge: string): Promise<string> {
  const query = new URLSearchParams({
    challenge,
    portalId: how.portalId,
    dataCentre: how.dataCentre ?? 'US',
    purpose: how.purpose,
    locale: 'en',
  })
  const opened = await fetch(`${how.worker}/admin/sign-in?${query}`, { redirect: 'manual' })
  const consent = await locationOf(opened)
  const cookie = opened.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const decision = await fetch(`${consent.origin}/oauth/v2/auth/decision`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      ...Object.fromEntries(consent.searchParams),
      signer: `${how.signer.orgId}/${how.signer.agentId}`,
      decision: 'accept',
    }),
  })
  const named = await pageOf(await fetch(await locationOf(decision), { headers: { cookie } }))
  const confirm = partOf(named, /name="confirm" value="([^"]+)"/)
  const done = await fetch(`${how.worker}/admin/sign-in/confirm`, {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams({ confirm, decision: 'continue' }),
  })
  return partOf(await pageOf(done), /data-testid="code"[^>]*>([^<]+)</)
}

async function locationOf(response: Response): Promise<URL> {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`)
  return new URL(location)
}

async function pageOf(response: Response): Promise<string> {
  const text = await response.text()
  if (!response.ok) throw new Error(`The sign-in window answered ${response.status}: ${text}`)
  return text
}

function partOf(page: string, pattern: RegExp): string {
  const found = pattern.exec(page)?.[1]
  if (found === undefined) throw new Error(`The sign-in window says: ${page}`)
  return found
}

async function call(
  worker: string,
  method: string,
  path: string,
  { token, body }: { token?: string; body?: unknown },
): Promise<Answered> {
  const response = await fetch(`${worker}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const answered: unknown = text === '' ? null : JSON.parse(text)
  const refusal = refusalSchema.safeParse(answered)
  return { status: response.status, body: answered, code: refusal.success ? refusal.data.error.code : undefined }
}
