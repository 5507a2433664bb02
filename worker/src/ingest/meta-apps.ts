import { open } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { findMetaApp } from './directory.repo.ts'

/** The secrets a webhook path is checked against; the first signs, the others did until lately. */
export type PathSecrets = { appSecrets: string[]; verifyToken: string }

const KEEP_MS = 30_000
const MAX_KEPT = 500
const kept = new Map<string, { until: number; secrets: PathSecrets | null }>()

/**
 * The secrets of a webhook path; '' is our own app's. Null for a path nobody set up and for a Worker without configuration: then
 * nothing is accepted. Those of customers' apps are kept for 30 s per isolate, so that a flood of bad requests does not reach D1;
 * which numbers such an app may speak for is asked of D1 by the lane each time.
 */
export async function findSecrets(env: Env, path: string): Promise<PathSecrets | null> {
  if (path === '') {
    const {
      META_APP_SECRET: secret,
      META_APP_SECRET_PREVIOUS: previous,
      META_VERIFY_TOKEN: verifyToken,
    } = readConfig(env)
    return { appSecrets: previous === undefined ? [secret] : [secret, previous], verifyToken }
  }
  const known = kept.get(path)
  if (known !== undefined && Date.now() < known.until) return known.secrets
  const secrets = await openApp(env, path)
  if (kept.size >= MAX_KEPT) kept.clear()
  kept.set(path, { until: Date.now() + KEEP_MS, secrets })
  return secrets
}

async function openApp(env: Env, path: string): Promise<PathSecrets | null> {
  const app = await findMetaApp(env.DIRECTORY, path)
  if (app === null) return null
  const { ENCRYPTION_KEYS: keys } = readConfig(env)
  const context = `meta_app:${path}`
  const [appSecret, verifyToken] = await Promise.all([
    open(keys, context, app.appSecret),
    open(keys, context, app.verifyToken),
  ])
  return { appSecrets: [appSecret], verifyToken }
}
