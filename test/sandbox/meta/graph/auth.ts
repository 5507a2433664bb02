import type { AppRecord, TokenRecord } from '../state.ts'
import type { World } from '../world.ts'
import { GraphError } from './errors.ts'
import type { Node } from './nodes.ts'

/** Who calls: a person's or system user's token, or the app itself (`id|secret`). */
export type Caller = { kind: 'token'; token: TokenRecord } | { kind: 'app'; app: AppRecord }

/** Reads the bearer token (or `access_token`). Throws 200 without one, 190 for one that is not or no longer valid. */
export function callerOf(world: World, authorization: string | undefined, query: URLSearchParams): Caller {
  const bearer = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? query.get('access_token')
  if (bearer === null || bearer === '') throw new GraphError(200, undefined, { message: '(#200) Provide valid app ID' })
  const app = Object.values(world.state.apps).find(({ id, secret }) => bearer === `${id}|${secret}`)
  if (app !== undefined) return { kind: 'app', app }
  const token = world.state.tokens.find((each) => each.token === bearer)
  const problem = token === undefined ? 'Invalid OAuth access token - Cannot parse access token' : whyDead(world, token)
  if (token === undefined || problem !== undefined) {
    throw new GraphError(190, undefined, { message: problem ?? 'Invalid OAuth access token' })
  }
  return { kind: 'token', token }
}

/** Why a known token does not hold; undefined when it does. */
export function whyDead(world: World, token: TokenRecord): string | undefined {
  if (token.isRevoked) return 'Error validating access token: The user has not authorized application.'
  const isOver = token.expiresAt !== 0 && token.expiresAt <= world.nowSeconds()
  return isOver
    ? `Error validating access token: Session has expired on ${new Date(token.expiresAt * 1000).toUTCString()}`
    : undefined
}

/** Throws 10 when the token lacks the permission, 200 when the object is somebody else's. */
export function requireAccess(world: World, caller: Caller, node: Node, scope: string): void {
  if (caller.kind === 'app') {
    if (node.kind === 'app' && node.app.id === caller.app.id) return
    throw new GraphError(200, undefined, { message: '(#200) An app access token does not have this permission' })
  }
  const { token } = caller
  if (!token.scopes.includes(scope)) throw new GraphError(10)
  const isOwn =
    node.wabaId !== undefined
      ? token.wabaIds.includes(node.wabaId)
      : (node.kind === 'business' && isWithin(world, token, node.business.id)) ||
        (node.kind === 'app' && node.app.id === token.appId)
  if (!isOwn) {
    const message =
      '(#200) You do not have the necessary permissions required to send messages on behalf of this WhatsApp Business Account'
    throw new GraphError(200, undefined, { message })
  }
}

/** A token's own business; for the system user of an app also those that the app won through signup. */
function isWithin({ state }: World, token: TokenRecord, businessId: string): boolean {
  if (businessId === token.businessId) return true
  const isWon = state.onboarded.some((each) => each.appId === token.appId && each.businessId === businessId)
  return token.isSystemUser === true && isWon
}
