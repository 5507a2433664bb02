import type { Portal } from '../state.ts'
import { callbackHash } from './hash.ts'
import type { Manifest } from './manifest.ts'

const CALLBACK_EVENTS = [
  'onInstall',
  'onUpdate',
  'onUninstall',
  'onConfigParamAdd',
  'onConfigParamChange',
  'onConfigParamDelete',
  'onDeskAuthorise',
  'onZohoAuthorise',
] as const

export type CallbackEvent = (typeof CALLBACK_EVENTS)[number]

export function isCallbackEvent(value: unknown): value is CallbackEvent {
  return CALLBACK_EVENTS.some((event) => event === value)
}

/**
 * POSTs `{event, orgId, securityContext}` with its HASH to the manifest's listener. Resolves to the answer's status, or
 * undefined when nobody listens or no answer came.
 */
export async function sendCallback(
  event: CallbackEvent,
  portal: Portal,
  manifest: Manifest,
): Promise<number | undefined> {
  const url = manifest.callbackListener[event]
  if (url === undefined || manifest.secret === undefined) return undefined
  const body = JSON.stringify({ event, orgId: portal.orgId, securityContext: portal.extension.securityContext })
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', HASH: callbackHash(manifest.secret, body) },
      body,
      signal: AbortSignal.timeout(10_000),
    })
    return response.status
  } catch {
    return undefined
  }
}
