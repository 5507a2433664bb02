import { z } from 'zod'
import type { Conversation } from '../conversations/conversation.do.ts'
import type { Lane } from '../ingest/lane.do.ts'
import type { Org } from '../orgs/org.do.ts'
import type { Sender } from '../messages/sender.do.ts'
import type { BackgroundJob } from './jobs.ts'

/** The Worker's bindings, as wrangler.toml names them. Secrets and variables are strings and read only through `readConfig`. */
export type Env = {
  DIRECTORY: D1Database
  SHARD_0: D1Database
  SHARD_1: D1Database
  CACHE: KVNamespace
  BLOBS: R2Bucket
  BACKGROUND: Queue<BackgroundJob>
  LANE: DurableObjectNamespace<Lane>
  CONVERSATION: DurableObjectNamespace<Conversation>
  ORG: DurableObjectNamespace<Org>
  SENDER: DurableObjectNamespace<Sender>
  /** Sessions opened per install key and agent. */
  SESSION_LIMIT: RateLimit
  /** API calls per agent. */
  API_LIMIT: RateLimit
} & Record<(typeof CONFIG_NAMES)[number], string | undefined>

const CONFIG_NAMES = [
  'GRAPH_VERSION',
  'META_APP_ID',
  'META_APP_SECRET',
  'META_APP_SECRET_PREVIOUS',
  'META_VERIFY_TOKEN',
  'META_LOGIN_CONFIG_ID',
  'META_HOSTED_SIGNUP_URL',
  'META_SYSTEM_TOKEN',
  'ZOHO_CLIENT_ID',
  'ZOHO_CLIENT_SECRET',
  'DESK_CALLBACK_SECRET',
  'ENCRYPTION_KEYS',
  'SESSION_KEY',
  'OPERATOR_TOKEN',
  'PUBLIC_ORIGIN',
  'SUPPORT_ADDRESS',
  'PLATFORM_ORIGINS',
  'CLOCK_URL',
] as const

const base64Key = z.string().refine((value) => /^[A-Za-z0-9+/]{43}=$/.test(value), 'expected 32 bytes in base64')
const originsSchema = z.object({ graph: z.url(), desk: z.url(), accounts: z.url(), facebook: z.url().optional() })

const configSchema = z.object({
  GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.0$/)
    .default('v25.0'),
  META_APP_ID: z.string().min(1),
  META_APP_SECRET: z.string().min(1),
  META_APP_SECRET_PREVIOUS: z.string().min(1).optional(),
  META_VERIFY_TOKEN: z.string().min(1),
  /** The Login configuration of Embedded Signup v4. Unset: that way to connect is not offered. */
  META_LOGIN_CONFIG_ID: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional(),
  /** Meta's link of hosted signup, and the system user token that fetches the customers' tokens after it. Both or neither. */
  META_HOSTED_SIGNUP_URL: z.url().optional(),
  META_SYSTEM_TOKEN: z.string().min(1).optional(),
  ZOHO_CLIENT_ID: z.string().min(1),
  ZOHO_CLIENT_SECRET: z.string().min(1),
  /** `secret` of the extension's manifest: signs what Desk tells of installations. Unset: nothing is told, keys are pasted. */
  DESK_CALLBACK_SECRET: z.string().min(16).optional(),
  /** JSON object of key id to base64 key; the first one seals, all of them open. */
  ENCRYPTION_KEYS: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string().regex(/^[a-z0-9]{1,12}$/), base64Key)),
  SESSION_KEY: base64Key,
  /** Unset: the operator's routes refuse everybody. */
  OPERATOR_TOKEN: z.string().min(24).optional(),
  PUBLIC_ORIGIN: z.url().optional(),
  /** Mail or web address shown where setting up failed for good. */
  SUPPORT_ADDRESS: z.union([z.email(), z.url()]).optional(),
  /** Only the sandbox and tests bind these two. A deployed Worker uses the platforms' fixed hosts and real time. */
  PLATFORM_ORIGINS: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(originsSchema)
    .optional(),
  CLOCK_URL: z.url().optional(),
})

export type Config = z.infer<typeof configSchema>

const parsed = new WeakMap<object, Config>()

/** Reads and checks the configuration once per isolate. Throws with the names of what is missing or malformed, never the values. */
export function readConfig(env: Env): Config {
  const known = parsed.get(env)
  if (known !== undefined) return known
  const result = configSchema.safeParse(Object.fromEntries(CONFIG_NAMES.map((name) => [name, env[name] || undefined])))
  if (!result.success) {
    const names = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw new Error(`Configuration is incomplete. ${names}. See docs/deploy.md.`)
  }
  parsed.set(env, result.data)
  return result.data
}
