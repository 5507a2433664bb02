import { z } from 'zod'
import type { DeskDepartment } from '../desk/desk.types.ts'

/** Why a sign-in ends without a code: `texts` of the window's pages. */
export type SignInProblem =
  | 'bad_link'
  | 'expired'
  | 'denied'
  | 'zoho_refused'
  | 'wrong_data_centre'
  | 'wrong_portal'
  | 'not_admin'
  | 'not_active'
  | 'not_connected'
  | 'no_lasting_access'
  | 'unavailable'
  | 'cancelled'

/** Who signed in, as Desk knows them in the portal that the window was opened for. */
export type SignedInAdministrator = {
  id: string
  name: string
  departments: string[]
  portalName: string
  edition: string | null
}

/** What a sign-in keeps, sealed, until its window is closed. */
export const signInResultSchema = z.object({
  administrator: z.object({
    id: z.string(),
    name: z.string(),
    departments: z.array(z.string()),
    portalName: z.string(),
    edition: z.string().nullable(),
  }),
  /** Only for `connect`, until it is confirmed. */
  refreshToken: z.string().nullable(),
  /** Departments of the portal as they were read for `connect`; null where they could not be read. */
  portalDepartments: z.array(z.object({ id: z.string(), name: z.string(), isEnabled: z.boolean() })).nullable(),
  organisation: z.object({ orgId: z.string(), shard: z.number() }).nullable(),
})
export type SignInResult = z.infer<typeof signInResultSchema>

/** A confirmed connection as it is to be kept. */
export type DeskToConnect = {
  portalId: string
  dataCentre: string
  refreshToken: string
  administrator: SignedInAdministrator
  departments: DeskDepartment[] | null
}
