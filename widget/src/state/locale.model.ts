/** Desk's language codes as BCP 47; `zh` and `tw` are Desk's own names for the two Chinese scripts. */
export function languageTag(deskCode: string): string {
  if (deskCode === 'zh') return 'zh-Hans-CN'
  if (deskCode === 'tw') return 'zh-Hant-TW'
  try {
    return Intl.getCanonicalLocales(deskCode)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa', 'ur'])

export function directionOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(tag.split('-')[0] ?? '') ? 'rtl' : 'ltr'
}

const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
const RIGHT_TO_LEFT_LETTERS = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/
const LEFT_TO_RIGHT_LETTERS = /[A-Za-z\u00C0-\u024F\u0370-\u052F]/

/** Whether no letter of a text runs against the page: then the time may stand on its last line. */
export function runsLike(text: string, direction: 'ltr' | 'rtl'): boolean {
  return !(direction === 'ltr' ? RIGHT_TO_LEFT_LETTERS : LEFT_TO_RIGHT_LETTERS).test(text)
}

/** One line for places that cannot hold markup (labels, titles): whole characters, no control that turns the line around. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(BIDI_CONTROLS, '')
}

/** A foreign word inside a sentence, kept from turning the words around it when it runs the other way. */
export function isolate(text: string, direction: 'ltr' | 'rtl'): string {
  const plain = plainText(text)
  return runsLike(plain, direction) ? plain : `\u2068${plain}\u2069`
}

/** Desk's time zone of the person where the browser knows it, else the browser's own. */
export function timeZoneOf(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
