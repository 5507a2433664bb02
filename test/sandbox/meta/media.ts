import { createHash, createHmac } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newObjectId } from './ids.ts'
import type { Json, MediaRecord } from './state.ts'
import type { World } from './world.ts'

const URL_LIFE_SECONDS = 5 * 60
const DAY_MS = 86_400_000
/** Uploads live 30 days, media of webhooks 7. */
const LIFE_MS = { upload: 30 * DAY_MS, webhook: 7 * DAY_MS } as const

export type NewMedia = {
  phoneNumberId: string
  bytes: Uint8Array
  mimeType: string
  filename?: string
  origin: MediaRecord['origin']
}

/** The media of both directions: facts in the state, bytes beside it (in memory where there is no folder). */
export class MediaStore {
  readonly #world: World
  readonly #folder: string | undefined
  readonly #baseUrl: () => string
  readonly #bytes = new Map<string, Uint8Array>()

  constructor(world: World, folder: string | undefined, baseUrl: () => string) {
    this.#world = world
    this.#folder = folder
    this.#baseUrl = baseUrl
  }

  add({ bytes, ...facts }: NewMedia): MediaRecord {
    const id = newObjectId()
    const record: MediaRecord = {
      ...facts,
      id,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.byteLength,
      createdAt: this.#world.clock.now(),
    }
    this.#world.state.media[id] = record
    if (this.#folder === undefined) this.#bytes.set(id, bytes)
    else {
      mkdirSync(this.#folder, { recursive: true })
      writeFileSync(join(this.#folder, id), bytes)
    }
    this.#world.touch()
    return record
  }

  /** Undefined for an unknown or expired id. */
  find(id: string): MediaRecord | undefined {
    const record = this.#world.state.media[id]
    const isAlive = record !== undefined && this.#world.clock.now() < record.createdAt + LIFE_MS[record.origin]
    return isAlive ? record : undefined
  }

  bytesOf(id: string): Uint8Array | undefined {
    if (this.#folder === undefined) return this.#bytes.get(id)
    const file = join(this.#folder, id)
    return this.#world.state.media[id] !== undefined && existsSync(file) ? readFileSync(file) : undefined
  }

  delete(id: string): void {
    delete this.#world.state.media[id]
    this.#bytes.delete(id)
    if (this.#folder !== undefined) rmSync(join(this.#folder, id), { force: true })
    this.#world.touch()
  }

  /** An address that holds for 5 minutes of the platforms' clock, with a bearer token only. */
  urlOf(id: string): string {
    const expires = this.#world.nowSeconds() + URL_LIFE_SECONDS
    const query = new URLSearchParams({ mid: id, ext: String(expires), hash: hashOf(id, expires) })
    return `${this.#baseUrl()}/whatsapp_business/attachments/?${query}`
  }

  /** The media behind an address of `urlOf`; undefined when the address is wrong or too old. */
  behindUrl(query: URLSearchParams): MediaRecord | undefined {
    const id = query.get('mid') ?? ''
    const expires = Number(query.get('ext'))
    if (query.get('hash') !== hashOf(id, expires) || expires < this.#world.nowSeconds()) return undefined
    return this.find(id)
  }

  /** The media object of an inbound message. */
  inboundObject(record: MediaRecord): Json {
    return { mime_type: record.mimeType, sha256: record.sha256, id: record.id, url: this.urlOf(record.id) }
  }
}

/** Guards against made-up addresses only; the bearer token is what protects the file. */
function hashOf(id: string, expires: number): string {
  return createHmac('sha256', 'sandbox-media').update(`${id}.${expires}`).digest('base64url').slice(0, 24)
}
