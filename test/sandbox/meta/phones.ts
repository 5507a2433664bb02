import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * The digits WhatsApp dials for a `to`. Without "+" the business's own country code is prepended, as Meta does.
 * Undefined for anything that is no phone number by its characters.
 */
export function dialledDigits(to: string, businessDigits: string): string | undefined {
  const compact = to.replace(/[\s().-]/g, '')
  if (!/^\+?\d+$/.test(compact)) return undefined
  return compact.startsWith('+') ? compact.slice(1) : `${callingCodeOf(businessDigits)}${compact}`
}

/** Whether such a number can exist; nobody with another one is on WhatsApp. */
export function isPossibleNumber(digits: string): boolean {
  return parsePhoneNumberFromString(`+${digits}`)?.isPossible() ?? false
}

/** A number as Meta displays it: `+44 20 7946 0101`. */
export function formatted(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`
}

/** ISO country of a number, `GB` where the number does not tell. */
export function countryOf(digits: string | undefined): string {
  return (digits === undefined ? undefined : parsePhoneNumberFromString(`+${digits}`)?.country) ?? 'GB'
}

function callingCodeOf(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.countryCallingCode ?? ''
}

/**
 * How WhatsApp writes a number: Brazil drops the ninth digit outside the first area codes, Mexico and Argentina put a
 * digit after the country code. Field practice, not Meta's text.
 */
export function waIdOf(digits: string): string {
  const brazil = /^55(\d\d)9(\d{8})$/.exec(digits)
  if (brazil !== null && Number(brazil[1]) >= 31) return `55${brazil[1]}${brazil[2]}`
  if (/^52[2-9]\d{9}$/.test(digits)) return `521${digits.slice(2)}`
  if (/^54[1-8]\d{9}$/.test(digits)) return `549${digits.slice(2)}`
  return digits
}

const TWINS: readonly [RegExp, string][] = [
  [/^55(?<area>\d\d)9(?<rest>\d{8})$/, '55$<area>$<rest>'],
  [/^55(?<area>\d\d)(?<rest>\d{8})$/, '55$<area>9$<rest>'],
  [/^521(?<rest>\d{10})$/, '52$<rest>'],
  [/^52(?<rest>\d{10})$/, '521$<rest>'],
  [/^549(?<rest>\d{10})$/, '54$<rest>'],
  [/^54(?<rest>\d{10})$/, '549$<rest>'],
]

/** All forms under which one person's number may be written, the given one first. */
export function numberForms(digits: string): string[] {
  const twins = TWINS.filter(([pattern]) => pattern.test(digits)).map(([pattern, form]) =>
    digits.replace(pattern, form),
  )
  return [digits, ...twins]
}
