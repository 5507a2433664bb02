import { z } from 'zod'
import { demoZoho } from '../sandbox/demo.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'

const tokenSchema = z.object({ access_token: z.string() })
const recordSchema = z.object({ id: z.string() })

/** Somebody who works in Desk without Kaiwa, by Desk's own REST calls. */
export class DeskPerson {
  readonly #sandbox: Sandbox
  #token: Promise<string> | undefined

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox
  }

  /** A contact; resolves to its id. */
  async contact(lastName: string, mobile: string): Promise<string> {
    return (await this.#post('contacts', { lastName, mobile })).id
  }

  /** A ticket that came by e-mail; resolves to its id. */
  async ticket(subject: string, contactId: string, departmentId: string): Promise<string> {
    return (await this.#post('tickets', { subject, contactId, departmentId, channel: 'Email', status: 'Open' })).id
  }

  async #post(path: string, body: object): Promise<z.output<typeof recordSchema>> {
    const { desk, orgId } = this.#sandbox.endpoints
    const response = await fetch(`${desk}/api/v1/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Zoho-oauthtoken ${await (this.#token ??= this.#signIn())}`,
        orgId,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${text}`)
    return recordSchema.parse(JSON.parse(text))
  }

  async #signIn(): Promise<string> {
    const response = await fetch(`${this.#sandbox.endpoints.desk}/oauth/v2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: demoZoho.clientId,
        client_secret: demoZoho.clientSecret,
        refresh_token: demoZoho.refreshToken,
      }),
    })
    return tokenSchema.parse(await response.json()).access_token
  }
}
