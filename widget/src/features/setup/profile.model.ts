import type { AccountView, NumberView, ProfileDraft } from '../../../../contract/index.ts'
import { PROFILE_LIMITS, VERTICALS } from '../../../../contract/profile.ts'
import type { WordKey } from '../../state/words.ts'

export type Vertical = (typeof VERTICALS)[number]

/** The profile as it is typed: nothing is missing, much may be empty. */
export type ProfileForm = {
  displayName: string
  vertical: Vertical | ''
  description: string
  about: string
  address: string
  email: string
  websites: [string, string]
}
export type ProfileField = keyof ProfileForm

export const isVertical = (value: string): value is Vertical => VERTICALS.some((vertical) => vertical === value)

export function formOf(account: AccountView, number: NumberView | null): ProfileForm {
  const draft = account.draft
  const [first = '', second = ''] = draft?.websites ?? []
  return {
    displayName: draft?.displayName ?? number?.verifiedName ?? account.businessName ?? '',
    vertical: draft?.vertical ?? '',
    description: draft?.description ?? '',
    about: draft?.about ?? '',
    address: draft?.address ?? '',
    email: draft?.email ?? '',
    websites: [first, second],
  }
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/** People write addresses without the scheme; Meta wants it. */
export function withScheme(address: string): string {
  const trimmed = address.trim()
  return trimmed === '' || /^[a-z][a-z\d+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`
}

function isWebAddress(address: string): boolean {
  const url = withScheme(address)
  return url === '' || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).host.includes('.'))
}

type LimitedField = 'displayName' | 'about' | 'address' | 'description' | 'email'

/** What Meta would refuse, by field. Empty: it may be saved. */
export function problemsOf(form: ProfileForm): Partial<Record<ProfileField, WordKey>> {
  const problems: Partial<Record<ProfileField, WordKey>> = {}
  const limited: LimitedField[] = ['displayName', 'about', 'address', 'description', 'email']
  if (form.displayName.trim().length < 2) problems.displayName = 'setup.profile.nameMissing'
  if (form.vertical === '') problems.vertical = 'setup.profile.verticalMissing'
  if (form.email.trim() !== '' && !EMAIL.test(form.email.trim())) problems.email = 'setup.profile.emailWrong'
  if (!form.websites.every(isWebAddress)) problems.websites = 'setup.profile.websiteWrong'
  for (const field of limited) {
    if (form[field].trim().length > PROFILE_LIMITS[field]) problems[field] = 'setup.profile.tooLong'
  }
  if (form.websites.some((address) => withScheme(address).length > PROFILE_LIMITS.website))
    problems.websites = 'setup.profile.tooLong'
  return problems
}

const META_NAMES = /whatsapp|facebook|instagram|\bmeta\b/i
const SYMBOLS = /[\p{Extended_Pictographic}!?#$%^*_=+<>|~{}[\]\\]/u

/** What Meta's guidelines for names speak against; it may still be sent, and Meta decides. */
export function nameHint(name: string): WordKey | null {
  const text = name.trim()
  if (META_NAMES.test(text)) return 'setup.profile.hintMeta'
  if (/https?:|www\.|\.(com|net|org)\b/i.test(text)) return 'setup.profile.hintAddress'
  if (SYMBOLS.test(text)) return 'setup.profile.hintSymbols'
  return /^[^\p{Ll}]*\p{Lu}{5,}[^\p{Ll}]*$/u.test(text) ? 'setup.profile.hintCapitals' : null
}

/** The draft to save; only for a form without problems. */
export function draftOf(form: ProfileForm): ProfileDraft | null {
  const { vertical } = form
  if (vertical === '') return null
  const websites = form.websites.map(withScheme).filter((address) => address !== '')
  const optional = (['about', 'address', 'email'] as const).filter((field) => form[field].trim() !== '')
  return {
    displayName: form.displayName.trim(),
    vertical,
    description: form.description.trim(),
    ...Object.fromEntries(optional.map((field) => [field, form[field].trim()])),
    ...(websites.length === 0 ? {} : { websites }),
  }
}
