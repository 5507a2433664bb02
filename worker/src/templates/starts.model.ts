import parsePhoneNumber from 'libphonenumber-js/min'
import { phoneKey, toE164 } from '../contacts/phone.model.ts'

/**
 * Digits of a number that is written with its country code, "+", "00" or neither before it; null for what is no possible number. The
 * digits stay as they are written: some forms are only known to WhatsApp.
 */
export function readDialled(written: string): string | null {
  const digits = written.replaceAll(/\D/g, '').replace(/^00/, '')
  if (/[a-z]/i.test(written) || !/^[1-9]\d{6,14}$/.test(digits)) return null
  return parsePhoneNumber(toE164(phoneKey(digits)))?.isPossible() === true ? digits : null
}

/**
 * The numbers of a Desk contact as E.164 with "+", each once. A number without country code is read as of the country of `reference`, the
 * business's own number.
 */
export function readPhones(written: readonly (string | null)[], reference: string | null): string[] {
  const country = reference === null ? undefined : parsePhoneNumber(toE164(reference.replaceAll(/\D/g, '')))
  const found = written.flatMap((text) => {
    const dialled = text?.trim().replace(/^00/, '+') ?? ''
    const parsed =
      country === undefined
        ? parsePhoneNumber(dialled)
        : parsePhoneNumber(dialled, { defaultCallingCode: country.countryCallingCode })
    return parsed?.isPossible() === true ? [parsed.number] : []
  })
  return [...new Set(found)]
}
