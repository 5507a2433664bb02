import type { State } from '../state.ts'

/** A change as it happened, before it is known who hears of it. */
export type Change = { wabaId: string; phoneNumberId?: string; field: string; value: unknown }

export type Target = { appId: string; url: string }

/** Only these fields go to an overridden address; template and account fields always go to the app's own. */
const OVERRIDABLE = new Set([
  'messages',
  'message_echoes',
  'calls',
  'consumer_profile',
  'messaging_handovers',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'smb_message_echoes',
  'smb_app_state_sync',
  'history',
  'account_settings_update',
])

/** Where a change goes: every subscribed app, at the number's address, else the account's, else the app's own. */
export function targetsOf(state: State, change: Omit<Change, 'value'>): Target[] {
  const override = change.phoneNumberId === undefined ? undefined : state.numbers[change.phoneNumberId]?.overrideUri
  return (state.wabas[change.wabaId]?.subscriptions ?? []).flatMap(({ appId, overrideUri }) => {
    const app = state.apps[appId]
    if (app === undefined || app.callbackUrl === null) return []
    const url = OVERRIDABLE.has(change.field) ? (override ?? overrideUri ?? app.callbackUrl) : app.callbackUrl
    return [{ appId, url }]
  })
}
