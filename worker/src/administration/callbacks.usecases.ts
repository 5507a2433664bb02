import { z } from 'zod'
import { portalIdSchema } from '../../../contract/index.ts'
import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import { parseJson } from '../platform/http.ts'
import type { Logger } from '../platform/logger.ts'

/** Zoho's and our own words: other events may come, and carry the same. */
const eventSchema = z.looseObject({
  event: z.string().max(60),
  orgId: z.union([z.string(), z.number()]).transform(String).pipe(portalIdSchema),
  securityContext: z.string().min(1).max(4_000),
})

export type CallbackPorts = {
  /** Whether Desk signed these bytes; false too where we share no secret with it. */
  isSigned(body: string, hash: string): Promise<boolean>
  saveContext(portalId: string, securityContext: string, now: number): Promise<void>
  forgetContext(portalId: string): Promise<void>
  /** Ends the connection and the install key of the portal's organisation. */
  leave(portalId: string): Promise<void>
  clock: Clock
  logger: Logger
}

/**
 * What Desk tells of installations of the extension. Keeps what lets us act in an installation's name; an uninstalled extension takes
 * its connection with it. Nothing of an unsigned body is believed.
 */
export async function hearCallback(ports: CallbackPorts, body: string, hash: string): Promise<void> {
  if (!(await ports.isSigned(body, hash))) {
    throw new AppError({ code: 'callbacks.not_signed', status: 401, message: 'This is not signed by Zoho Desk.' })
  }
  const event = eventSchema.safeParse(parseJson(body))
  if (!event.success) {
    // Signed all the same: sending it again would change nothing.
    ports.logger.warn('callbacks.unreadable')
    return
  }
  const { event: name, orgId: portalId, securityContext } = event.data
  ports.logger.info('callbacks.heard', { event: name, portalId })
  if (name !== 'onUninstall') return ports.saveContext(portalId, securityContext, ports.clock())
  await ports.forgetContext(portalId)
  await ports.leave(portalId)
}
