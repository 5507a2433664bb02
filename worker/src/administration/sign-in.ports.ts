import { deskCalls } from '../desk/calls.ts'
import { authoriseUrl, exchangeCode, revokeToken } from '../desk/oauth.ts'
import { performCall } from '../desk/rest-client.ts'
import { createDirectoryRepo } from '../orgs/directory.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { open, seal, sha256Hex } from '../platform/crypto.ts'
import { dataCentre, DATA_CENTRE_NAMES } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { failed, ok } from '../platform/errors.ts'
import { parseJson } from '../platform/http.ts'
import { newSecret } from '../platform/ids.ts'
import { logger } from '../platform/logger.ts'
import { createConnect } from './connect-desk.ports.ts'
import { isTrustedOpener, problemOfFailure, problemOfPerson } from './sign-in.model.ts'
import { signInResultSchema } from './sign-in.types.ts'
import type { DeskOfToken, SignInPorts } from './sign-in.usecases.ts'
import { createSignInsRepo } from './sign-ins.repo.ts'

/** Signing in over the Worker's bindings. `ownOrigin`: where others see this Worker, and Zoho sends browsers back to. */
export function createSignInPorts(env: Env, ownOrigin: string): SignInPorts {
  const config = readConfig(env)
  const keys = config.ENCRYPTION_KEYS
  const redirectUri = `${ownOrigin}/oauth/zoho/callback`
  const client = (name: string) => ({
    accountsOrigin: dataCentre(name, config).accounts,
    clientId: config.ZOHO_CLIENT_ID,
    clientSecret: config.ZOHO_CLIENT_SECRET,
  })
  const contextOf = (stateSha256: string): string => `sign_in:${stateSha256}`
  const revoke: SignInPorts['revoke'] = (name, refreshToken) => revokeToken(client(name), refreshToken)
  const sessionOf = ({ dataCentre: name, portalId, accessToken }: DeskOfToken) => ({
    origin: dataCentre(name, config).desk,
    portalId,
    accessToken,
  })
  const trusted = {
    origins: [ownOrigin, ...DATA_CENTRE_NAMES.map((name) => dataCentre(name, config).desk)],
    isSandbox: config.PLATFORM_ORIGINS !== undefined,
  }
  const directory = createDirectoryRepo(env.DIRECTORY)
  return {
    signIns: createSignInsRepo(env.DIRECTORY),
    dataCentres: DATA_CENTRE_NAMES,
    isTrustedOpener: (origin) => isTrustedOpener(origin, trusted),
    newSecret,
    sha256: sha256Hex,
    seal: (stateSha256, result) => seal(keys, contextOf(stateSha256), JSON.stringify(result)),
    open: async (stateSha256, sealed) =>
      signInResultSchema.parse(parseJson(await open(keys, contextOf(stateSha256), sealed))),
    authoriseUrl: (name, ask) => authoriseUrl(client(name), { ...ask, redirectUri }),
    exchangeCode: (name, code) => exchangeCode(client(name), { code, redirectUri }),
    revoke,
    identify: (desk) => identify(sessionOf(desk)),
    readDepartments: async (desk) => {
      const { result } = await performCall(sessionOf(desk), deskCalls.listDepartments(), systemClock())
      return result.ok ? result.value : null
    },
    findOrganisation: async (portalId, name) => {
      const found = await directory.findOrganisation(portalId, name)
      return found === null ? null : { orgId: found.id, shard: found.shard }
    },
    connect: createConnect(env, revoke),
    clock: systemClock,
    logger,
  }
}

type DeskSession = Parameters<typeof performCall>[0]

/** Asks Desk twice: who holds the token in this portal, and whether the token's own list of portals has it. */
async function identify(session: DeskSession): ReturnType<SignInPorts['identify']> {
  const person = await performCall(session, deskCalls.getMyInfo(), systemClock())
  if (!person.result.ok) return failed(problemOfFailure(person.result.error))
  const portals = await performCall(session, deskCalls.listOrganizations(), systemClock())
  if (!portals.result.ok) return failed(problemOfFailure(portals.result.error))
  const portal = portals.result.value.find(({ id }) => id === session.portalId) ?? null
  const problem = problemOfPerson(person.result.value, portal)
  if (problem !== null || portal === null) return failed(problem ?? 'wrong_portal')
  const { id, name, departmentIds } = person.result.value
  const portalName = portal.companyName ?? portal.portalName ?? session.portalId
  return ok({ id, name, departments: departmentIds, portalName, edition: portal.edition })
}
