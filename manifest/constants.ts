import { fileURLToPath } from 'node:url'

/** The project's root directory, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url))

/** Stands for the Worker's address in the committed manifest and in the widget's pages. */
export const PLACEHOLDER_ORIGIN = 'https://kaiwa-worker.example'

/** Desk's SDK as Zoho serves it. */
export const SDK_URL = 'https://js.zohostatic.com/support/developer_sdk/v1/js/ZohoDeskClientSDK.min.js'

/** Locale codes Desk accepts (`zet`, rules for the service DESK). */
export const DESK_LOCALES = [
  'en',
  'ja',
  'zh',
  'tw',
  'es',
  'de',
  'fr',
  'tr',
  'ru',
  'pt',
  'it',
  'nl',
  'da',
  'pl',
  'sv',
  'id',
  'hi',
  'ro',
  'ta',
  'te',
  'he',
  'ar',
] as const

/** Places of Desk a widget can stand in, as `zet` declares them (it does not check them). */
export const DESK_LOCATIONS = [
  'desk.ticket.detail.rightpanel',
  'desk.ticket.detail.subtab',
  'desk.ticket.detail.lefttab',
  'desk.ticket.detail.moreaction',
  'desk.ticket.thread.moreaction',
  'desk.contact.detail.rightpanel',
  'desk.contact.detail.subtab',
  'desk.contact.detail.lefttab',
  'desk.account.detail.rightpanel',
  'desk.account.detail.subtab',
  'desk.account.detail.lefttab',
  'desk.topband',
  'desk.bottomband',
  'desk.background',
  'desk.extension.preference',
] as const

/** Where a widget can stand only once. */
export const SINGLE_LOCATIONS: readonly string[] = ['desk.background', 'desk.extension.preference']
