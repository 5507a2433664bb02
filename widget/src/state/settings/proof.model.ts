import type { SignInPurpose } from '../../../../contract/index.ts'

export type SignInAddress = {
  challenge: string
  portalId: string
  dataCentre: string
  purpose: SignInPurpose
  locale: string
  /** Ours, which the code is posted to; `null` of a frame without one: then the person copies the code. */
  origin: string
}

export function signInUrl(worker: string, { origin, ...address }: SignInAddress): string {
  const search = new URLSearchParams({ ...address, ...(origin === 'null' ? {} : { origin }) })
  return `${worker}/admin/sign-in?${search}`
}

/** What a person pastes may carry blanks and a line end. */
export function cleanCode(pasted: string): string {
  return pasted.replaceAll(/\s/g, '')
}
