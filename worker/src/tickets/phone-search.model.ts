import parsePhoneNumber from 'libphonenumber-js/min'
import { phoneForms, phoneKey } from '../contacts/phone.model.ts'

/** Desk takes at most that many values of one field. */
const MAX_VALUES = 30

/**
 * The ways people write a number into Desk, to search for all of them in one call: Desk compares texts, not numbers. `phone` is E.164
 * with "+". The likeliest come first.
 */
export function searchForms(phone: string): string[] {
  const forms = phoneForms(phone.slice(1)).flatMap((digits) => writtenForms(`+${digits}`))
  return [...new Set(forms)].slice(0, MAX_VALUES)
}

function writtenForms(e164: string): string[] {
  const digits = e164.slice(1)
  const plain = [e164, digits, `00${digits}`]
  const parsed = parsePhoneNumber(e164)
  if (parsed === undefined) return plain
  const international = parsed.formatInternational()
  const national = parsed.formatNational()
  const bare = national.replaceAll(/[()]/g, '')
  return [
    ...plain,
    international,
    `+${parsed.countryCallingCode} ${bare.replace(/^0/, '')}`,
    national,
    bare,
    national.replaceAll(/\D/g, ''),
    parsed.nationalNumber,
    ...[international, bare].flatMap((text) => [withSeparator(text, ' '), withSeparator(text, '-')]),
  ]
}

function withSeparator(text: string, separator: string): string {
  return text.replaceAll(/[\s-]+/g, separator)
}

/** Whether what stands in a Desk contact's phone field is this number. National numbers are read as of the customer's country. */
export function isSamePhone(phone: string, written: string | null): boolean {
  if (written === null) return false
  const known = parsePhoneNumber(phone)
  const dialled = written.trim().replace(/^00/, '+')
  const parsed =
    known === undefined
      ? parsePhoneNumber(dialled)
      : parsePhoneNumber(dialled, { defaultCallingCode: known.countryCallingCode })
  const digits = parsed?.number.slice(1) ?? dialled.replaceAll(/\D/g, '')
  return phoneKey(digits) === phoneKey(phone.slice(1))
}
