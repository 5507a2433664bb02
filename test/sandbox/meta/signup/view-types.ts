import type { SignupEvent, Step } from './events.ts'

/** What the dialog shows; the page's script and the server share these types. */
export type DialogView = {
  session: string
  step: Step
  appName: string
  isCoexistence: boolean
  /** No window is waiting for a message: Meta's hosted link. */
  isHosted: boolean
  /** The account that was chosen or made. */
  wabaId: string | null
  users: { id: string; name: string }[]
  userName: string
  businesses: { id: string; name: string; status: string }[]
  accounts: {
    id: string
    name: string
    numbers: { id: string; display: string; name: string; isVerified: boolean }[]
  }[]
  /** Whether the profile step asks for the account's name too, and for the number's. */
  asks: { accountName: boolean; displayName: boolean }
  number: { display: string; method: string } | null
  permissions: string[]
  problem: string | null
  /** Only at the end. `code` is what `FB.login` hands to its callback; `isCodeFirst`: before the event. */
  outcome: { event: SignupEvent | null; code: string; isCodeFirst: boolean } | null
}
