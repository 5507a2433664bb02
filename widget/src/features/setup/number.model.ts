import type { NewNumber } from '../../state/settings/setup-calls.ts'

/** Country codes of E.164, the longest that fits first; only those that a pasted full number is split by. */
const COUNTRY_CODES =
  `1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86
90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243
244 245 246 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 354
355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382 383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508
509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 850 852
853 855 856 880 886 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993 994 995 996 998`.split(
    /\s+/,
  )

const digits = (text: string): string => text.normalize('NFKC').replaceAll(/\D/g, '')

/** `+81 90 …` or `0081 90 …` pasted into the number's field, taken apart; null where it is no full number. */
export function splitFull(text: string): { countryCode: string; phoneNumber: string } | null {
  const trimmed = text.normalize('NFKC').trim()
  if (!/^(\+|00)/.test(trimmed)) return null
  const all = digits(trimmed.replace(/^00/, ''))
  const countryCode = [3, 2, 1].map((length) => all.slice(0, length)).find((code) => COUNTRY_CODES.includes(code))
  if (countryCode === undefined || all.length - countryCode.length < 4) return null
  return { countryCode, phoneNumber: all.slice(countryCode.length) }
}

/** What goes to the Worker, or null while something is missing. A country code may be written with its plus sign. */
export function newNumber(form: { countryCode: string; phoneNumber: string; migrate: boolean }): NewNumber | null {
  const countryCode = digits(form.countryCode)
  const phoneNumber = digits(form.phoneNumber)
  if (countryCode === '' || countryCode.length > 3 || phoneNumber.length < 4 || phoneNumber.length > 15) return null
  return { countryCode, phoneNumber, migrate: form.migrate }
}

/** A country code to begin with, by the person's language; empty where that is spoken everywhere. */
export function likelyCountryCode(tag: string): string {
  const locale = new Intl.Locale(tag)
  if (locale.language === 'en' && locale.region === undefined) return ''
  const known: Readonly<Record<string, string>> = {
    JP: '81',
    US: '1',
    CA: '1',
    GB: '44',
    DE: '49',
    FR: '33',
    ES: '34',
    IT: '39',
    IN: '91',
    BR: '55',
    AU: '61',
    NL: '31',
  }
  return known[locale.maximize().region ?? ''] ?? ''
}
