/**
 * Forms of a phone number, from digits with the country code first. WhatsApp itself writes Brazilian, Argentine and Mexican
 * mobile numbers with or without an extra digit, so that one person may arrive under two numbers. The rules are practice in
 * the field, not Meta's text; they say who is the same person here and never where a message is sent.
 */

/** The key under which all forms of a number are one. */
export function phoneKey(digits: string): string {
  if (BRAZIL_NINTH.test(digits)) return digits.slice(0, 4) + digits.slice(5)
  if (ARGENTINA_NINE.test(digits) || MEXICO_ONE.test(digits)) return digits.slice(0, 2) + digits.slice(3)
  return digits
}

/**
 * Country, area code, nine, eight digits. Numbers whose eight digits begin with 2 to 5 keep their nine: without it they
 * would be somebody's landline.
 */
const BRAZIL_NINTH = /^55\d\d9[0-16-9]\d{7}$/
const BRAZIL_WITHOUT = /^55\d\d[0-16-9]\d{7}$/
const ARGENTINA_NINE = /^549\d{10}$/
const ARGENTINA_WITHOUT = /^54[1-8]\d{9}$/
const MEXICO_ONE = /^521\d{10}$/
const MEXICO_WITHOUT = /^52[2-9]\d{9}$/

/** Every form of a number that one person may appear under, as digits, the given one first. */
export function phoneForms(digits: string): string[] {
  const key = phoneKey(digits)
  return [...new Set([digits, key, longForm(key)])]
}

function longForm(key: string): string {
  if (BRAZIL_WITHOUT.test(key)) return `${key.slice(0, 4)}9${key.slice(4)}`
  if (ARGENTINA_WITHOUT.test(key)) return `549${key.slice(2)}`
  if (MEXICO_WITHOUT.test(key)) return `521${key.slice(2)}`
  return key
}

/** As a person reads it and as the platform dials it: E.164 with "+". */
export function toE164(digits: string): string {
  return `+${digits}`
}
