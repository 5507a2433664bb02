import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

export type TypedNumber = { countryCode: string; phoneNumber: string }

/**
 * The national number as Meta wants it: digits alone, without the zero that people write before it where the country's numbers do not
 * keep it. What is no possible number goes as it was typed: Meta says what is wrong with it.
 */
export function nationalDigits({ countryCode, phoneNumber }: TypedNumber): string {
  const digits = phoneNumber.replaceAll(/\D/g, '')
  const parsed = parsePhoneNumberFromString(`+${countryCode}${digits}`)
  return parsed?.countryCallingCode === countryCode ? parsed.nationalNumber : digits
}

/** Whether a number as Meta writes it is the one a person typed. */
export function sameNumber(display: string, typed: TypedNumber): boolean {
  return display.replaceAll(/\D/g, '') === `${typed.countryCode}${nationalDigits(typed)}`
}
