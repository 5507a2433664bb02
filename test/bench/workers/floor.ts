import { DurableObject } from 'cloudflare:workers'

type Env = { BUCKET: DurableObjectNamespace<Bucket>; META_APP_SECRET: string }

/** One object that keeps every body: the least any door could do. */
export class Bucket extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS bodies (id INTEGER PRIMARY KEY, body TEXT NOT NULL)')
  }

  keep(body: string): void {
    this.ctx.storage.sql.exec('INSERT INTO bodies (body) VALUES (?)', body)
  }
}

let key: Promise<CryptoKey> | undefined

/** The floor the door is measured against: it checks the HMAC and inserts the body into one Durable Object's SQLite, nothing else. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const body = await request.arrayBuffer()
    key ??= crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode(env.META_APP_SECRET),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['verify'],
    )
    const hex = (request.headers.get('x-hub-signature-256') ?? '').slice('sha256='.length)
    const signature = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    if (!(await crypto.subtle.verify('HMAC', await key, signature, body))) return new Response(null, { status: 401 })
    await env.BUCKET.getByName('all').keep(new TextDecoder().decode(body))
    return new Response('ok')
  },
}
