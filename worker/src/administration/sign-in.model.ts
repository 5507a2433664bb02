import type { SignInProblem } from './sign-in.types.ts'

/** How long a person may take at Zoho and at the page after it. */
export const SIGN_IN_MS = 10 * 60_000
/** How long the code is worth something to the page that opened the window. */
export const CODE_MS = 60_000

/** Scopes that only tell who somebody is in Desk. */
export const PROOF_SCOPES = ['Desk.basic.READ', 'Desk.settings.READ'] as const

/** Scopes of everything we do in a connected Desk. */
export const CONNECT_SCOPES = [
  'Desk.tickets.READ',
  'Desk.tickets.CREATE',
  'Desk.tickets.UPDATE',
  'Desk.contacts.READ',
  'Desk.contacts.CREATE',
  'Desk.contacts.UPDATE',
  'Desk.search.READ',
  'Desk.basic.READ',
  'Desk.basic.CREATE',
  'Desk.settings.READ',
] as const

/**
 * The data centre of whoever signed in: Zoho names it in `location`, in lower case, and only its accounts server takes the code. It
 * is a name to look up in our own table; an address in the answer is never used. Null for one we do not know.
 */
export function dataCentreOf(location: string | undefined, asked: string, known: readonly string[]): string | null {
  const name = location === undefined || location === '' ? asked : location.toUpperCase()
  return known.includes(name) ? name : null
}

/** Whether the code may be posted to a page of this origin. All others show it to be copied by hand. */
export function isTrustedOpener(origin: string, trusted: { origins: readonly string[]; isSandbox: boolean }): boolean {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  if (url.origin !== origin) return false
  if (trusted.isSandbox && ['127.0.0.1', 'localhost'].includes(url.hostname)) return true
  if (url.protocol !== 'https:') return false
  // Where Zoho serves the pages of packaged extensions from.
  return trusted.origins.includes(origin) || url.hostname.endsWith('.sigmausercontent.com')
}

type Person = { status: string; rolePermissionType: string }

/** What keeps a person from administering Kaiwa; null for nothing. */
export function problemOfPerson(
  person: Person,
  organisation: { isAdmin: boolean | null } | null,
): SignInProblem | null {
  if (organisation === null) return 'wrong_portal'
  if (person.status !== 'ACTIVE') return 'not_active'
  return person.rolePermissionType === 'Admin' && organisation.isAdmin !== false ? null : 'not_admin'
}

/** What it means that Desk did not tell who holds the token. A token of another portal is refused in several ways. */
export function problemOfFailure(failure: { kind: string; code?: string }): SignInProblem {
  switch (failure.kind) {
    case 'forbidden':
      return failure.code === 'SCOPE_MISMATCH' ? 'unavailable' : 'wrong_portal'
    case 'gone':
    case 'invalid':
      return 'wrong_portal'
    default:
      return 'unavailable'
  }
}

/** Concurrent API calls that an edition allows (Zoho's credits page); what is not known counts as the smallest. */
export function concurrencyOf(edition: string | null): number {
  const name = (edition ?? '').toUpperCase()
  if (/ENTERPRISE|ULTIMATE|ZOHO_?ONE|PLUS/.test(name)) return 25
  if (name.includes('PROFESSIONAL')) return 15
  return /STANDARD|EXPRESS/.test(name) ? 10 : 5
}
