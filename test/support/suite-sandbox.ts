import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '../sandbox/sandbox.ts'
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox.ts'
import { Api } from './api.ts'
import { deskViewSchema, metaViewSchema } from './desk-view.ts'
import type { DeskView, MetaView } from './desk-view.ts'

/** A sandbox of its own for one test file: its state lies in a temporary folder that goes when it stops. */
export async function startSuiteSandbox(basePort: number, options: SandboxOptions = {}): Promise<Sandbox> {
  const dir = mkdtempSync(join(tmpdir(), 'kaiwa-'))
  const sandbox = await startSandbox({ basePort, dir, ...options }).catch((error: unknown) => {
    removeFolder(dir)
    throw error
  })
  return {
    ...sandbox,
    stop: async () => {
      await sandbox.stop()
      removeFolder(dir)
    },
  }
}

/** Goes on with a sandbox that was started; stops it where that fails, since nobody else could any more. */
export async function orStop<Value>(sandbox: Sandbox, work: () => Promise<Value>): Promise<Value> {
  return work().catch(async (error: unknown) => {
    await sandbox.stop()
    throw error
  })
}

/** What was just ended may still write its last: tried again for a while. */
export function removeFolder(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

/** The API as an agent of the demo organisation has it; an administrator unless told. */
export function demoApi(sandbox: Sandbox, userId = sandbox.endpoints.adminId): Api {
  const { worker, installKey, orgId } = sandbox.endpoints
  return new Api(worker, { installKey, portalId: orgId, userId })
}

/** What the Desk double holds now. */
export async function deskState(sandbox: Sandbox): Promise<DeskView> {
  return deskViewSchema.parse(await (await fetch(`${sandbox.endpoints.desk}/__sandbox/state`)).json())
}

/** What the Meta double holds now. */
export async function metaState(sandbox: Sandbox): Promise<MetaView> {
  return metaViewSchema.parse(await (await fetch(`${sandbox.endpoints.meta}/__sandbox/state`)).json())
}

/** A control call of a double. */
export async function control(origin: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${origin}/__sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
  return text === '' ? null : JSON.parse(text)
}
