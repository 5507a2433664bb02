import { z } from 'zod'
import { agentIdSchema, instantSchema, portalIdSchema } from './ids.ts'

/** `viewer` reads (light agents), `agent` answers, `admin` also sees reliability and settings. */
export const roleSchema = z.enum(['viewer', 'agent', 'admin'])
export type Role = z.infer<typeof roleSchema>

/** Desk's proxy may send the body as JSON or as a form; both arrive in this shape. */
export const openSessionBodySchema = z.object({ portalId: portalIdSchema, userId: agentIdSchema })

export const sessionSchema = z.object({
  token: z.string(),
  expiresAt: instantSchema,
  agent: z.object({ id: agentIdSchema, name: z.string(), role: roleSchema }),
  /** The Worker's own time, so that a panel with a wrong clock counts down rightly. */
  now: instantSchema,
})
export type Session = z.infer<typeof sessionSchema>
