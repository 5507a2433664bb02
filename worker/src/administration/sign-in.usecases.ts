import type { SignInPurpose, SignInQuery } from '../../../contract/index.ts'
import type { DeskDepartment } from '../desk/desk.types.ts'
import type { OAuthFailure } from '../desk/oauth.ts'
import type { Clock } from '../platform/clock.ts'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import { CODE_MS, CONNECT_SCOPES, dataCentreOf, PROOF_SCOPES, SIGN_IN_MS } from './sign-in.model.ts'
import type { DeskToConnect, SignedInAdministrator, SignInProblem, SignInResult } from './sign-in.types.ts'
import type { SignInRow, SignInsRepo } from './sign-ins.repo.ts'

export type Organisation = { orgId: string; shard: number }

export type SignInPorts = {
  signIns: SignInsRepo
  /** Names of the data centres we know. */
  dataCentres: readonly string[]
  isTrustedOpener(origin: string): boolean
  newSecret(): string
  sha256(text: string): Promise<string>
  /** Bound to the sign-in it belongs to. */
  seal(stateSha256: string, result: SignInResult): Promise<string>
  open(stateSha256: string, sealed: string): Promise<SignInResult>
  authoriseUrl(
    dataCentre: string,
    ask: { scopes: readonly string[]; state: string; access: 'online' | 'offline' },
  ): string
  exchangeCode(
    dataCentre: string,
    code: string,
  ): Promise<Result<{ accessToken: string; refreshToken: string | null }, OAuthFailure>>
  revoke(dataCentre: string, refreshToken: string): Promise<boolean>
  /** Who holds the token, if they administer that very portal. */
  identify(desk: DeskOfToken): Promise<Result<SignedInAdministrator, SignInProblem>>
  /** Null where they cannot be read now. */
  readDepartments(desk: DeskOfToken): Promise<DeskDepartment[] | null>
  findOrganisation(portalId: string, dataCentre: string): Promise<Organisation | null>
  connect(desk: DeskToConnect): Promise<Organisation>
  clock: Clock
  logger: Logger
}
export type DeskOfToken = { dataCentre: string; portalId: string; accessToken: string }

/** What the window shows next. `opener`: who may be told. */
export type SignInPage = { locale: string | undefined } &
  /** `again`: query that opens the window once more, for the page that still waits for it. */
  (
    | { kind: 'problem'; problem: SignInProblem; again?: string }
    | {
        kind: 'confirm'
        confirm: string
        purpose: SignInPurpose
        portalId: string
        administrator: SignedInAdministrator
      }
    | { kind: 'done'; code: string; opener: string | null }
  )

/** Begins a sign-in for the browser that holds `browser`. Resolves to where Zoho asks the person. */
export async function beginSignIn(ports: SignInPorts, query: SignInQuery, browser: string): Promise<string> {
  const { challenge, portalId, dataCentre, purpose, origin } = query
  const state = ports.newSecret()
  const now = ports.clock()
  await ports.signIns.open(
    {
      state_sha256: await ports.sha256(state),
      browser_sha256: await ports.sha256(browser),
      challenge,
      opener: origin !== undefined && ports.isTrustedOpener(origin) ? origin : null,
      portal_id: portalId,
      data_centre: dataCentre,
      purpose,
      locale: query.locale ?? 'en',
    },
    now,
    now + SIGN_IN_MS,
  )
  // A proof needs nothing lasting: Zoho keeps 20 refresh tokens of a person, and the connection's own must stay among them.
  return purpose === 'proof'
    ? ports.authoriseUrl(dataCentre, { scopes: PROOF_SCOPES, state, access: 'online' })
    : ports.authoriseUrl(dataCentre, { scopes: CONNECT_SCOPES, state, access: 'offline' })
}

export type ZohoAnswer = { state: string; code?: string | undefined; location?: string | undefined; browser: string }

/** The browser comes back from Zoho. Whoever signed in is asked to confirm what follows; nothing is changed yet. */
export async function returnFromZoho(ports: SignInPorts, answer: ZohoAnswer): Promise<SignInPage> {
  const { signIns, sha256 } = ports
  const row = await signIns.takeState(await sha256(answer.state), await sha256(answer.browser), ports.clock())
  if (row === null) return { kind: 'problem', problem: 'expired', locale: undefined }
  const found = await findOutWho(ports, row, answer)
  if (!found.ok) {
    await signIns.drop(row.state_sha256)
    ports.logger.info('sign_in.refused', { problem: found.error, purpose: row.purpose, portalId: row.portal_id })
    return { kind: 'problem', problem: found.error, locale: row.locale, again: queryOf(row) }
  }
  const { dataCentre, result } = found.value
  const confirm = ports.newSecret()
  await orEnd(ports, dataCentre, result.refreshToken, async () =>
    signIns.keep(row.state_sha256, {
      confirmSha256: await sha256(confirm),
      dataCentre,
      result: await ports.seal(row.state_sha256, result),
    }),
  )
  const { purpose, portal_id: portalId, locale } = row
  return { kind: 'confirm', confirm, purpose, portalId, administrator: result.administrator, locale }
}

function queryOf({
  challenge,
  portal_id: portalId,
  data_centre: dataCentre,
  purpose,
  locale,
  opener,
}: SignInRow): string {
  const query = new URLSearchParams({ challenge, portalId, dataCentre, purpose, locale })
  if (opener !== null) query.set('origin', opener)
  return query.toString()
}

async function findOutWho(
  ports: SignInPorts,
  row: SignInRow,
  { code, location }: ZohoAnswer,
): Promise<Result<{ dataCentre: string; result: SignInResult }, SignInProblem>> {
  if (code === undefined) return failed('denied')
  const dataCentre = dataCentreOf(location, row.data_centre, ports.dataCentres)
  if (dataCentre === null) return failed('wrong_data_centre')
  const token = await ports.exchangeCode(dataCentre, code)
  if (!token.ok) return failed(token.error.kind === 'unavailable' ? 'unavailable' : 'zoho_refused')
  const { accessToken, refreshToken: lasting } = token.value
  const found = await orEnd(ports, dataCentre, lasting, () =>
    judge(ports, row, { dataCentre, accessToken, refreshToken: lasting }),
  )
  if (!found.ok) await end(ports, dataCentre, lasting)
  return found
}

/** Ends lasting access that nobody will use. True where there is none, or none any more. */
async function end(ports: SignInPorts, dataCentre: string, refreshToken: string | null): Promise<boolean> {
  if (refreshToken === null) return true
  const isEnded = await ports.revoke(dataCentre, refreshToken)
  if (!isEnded) ports.logger.warn('sign_in.not_revoked_at_zoho', { dataCentre })
  return isEnded
}

/** Does something with a token that is kept nowhere yet: where that fails, its access is ended. */
async function orEnd<Done>(
  ports: SignInPorts,
  dataCentre: string,
  refreshToken: string | null,
  act: () => Promise<Done>,
): Promise<Done> {
  try {
    return await act()
  } catch (error) {
    await end(ports, dataCentre, refreshToken)
    throw error
  }
}

async function judge(
  ports: SignInPorts,
  { purpose, portal_id: portalId }: SignInRow,
  given: { dataCentre: string; accessToken: string; refreshToken: string | null },
): Promise<Result<{ dataCentre: string; result: SignInResult }, SignInProblem>> {
  const { dataCentre, accessToken } = given
  // A proof keeps no token at all, even where Zoho gave one that lasts.
  const refreshToken = purpose === 'connect' ? given.refreshToken : null
  const desk = { dataCentre, portalId, accessToken }
  const who = await ports.identify(desk)
  if (!who.ok) return who
  const organisation = await ports.findOrganisation(portalId, dataCentre)
  const problem = problemOf(purpose, { refreshToken, organisation })
  if (problem !== null) return failed(problem)
  const portalDepartments = purpose === 'connect' ? await ports.readDepartments(desk) : null
  return ok({ dataCentre, result: { administrator: who.value, refreshToken, portalDepartments, organisation } })
}

function problemOf(
  purpose: SignInPurpose,
  { refreshToken, organisation }: { refreshToken: string | null; organisation: Organisation | null },
): SignInProblem | null {
  if (purpose === 'connect') return refreshToken === null ? 'no_lasting_access' : null
  return organisation === null ? 'not_connected' : null
}

/** The person confirms or declines. Confirmed, a Desk is connected and the page that opened the window gets its code. */
export async function confirmSignIn(
  ports: SignInPorts,
  given: { confirm: string; browser: string; isAccepted: boolean },
): Promise<SignInPage> {
  const { signIns, sha256, clock } = ports
  const row = await signIns.takeConfirmation(await sha256(given.confirm), await sha256(given.browser), clock())
  if (row === null || row.result === null) return { kind: 'problem', problem: 'expired', locale: undefined }
  const result = await ports.open(row.state_sha256, row.result)
  if (!given.isAccepted) {
    // Where Zoho does not answer the sweep tries again.
    if (await end(ports, row.data_centre, result.refreshToken)) await signIns.drop(row.state_sha256)
    return { kind: 'problem', problem: 'cancelled', locale: row.locale, again: queryOf(row) }
  }
  const organisation = await organisationOf(ports, row, result)
  if (organisation === null) return { kind: 'problem', problem: 'not_connected', locale: row.locale }
  const code = ports.newSecret()
  await signIns.finish(row.state_sha256, {
    codeSha256: await sha256(code),
    result: await ports.seal(row.state_sha256, { ...result, refreshToken: null, organisation }),
    expiresAt: clock() + CODE_MS,
  })
  return { kind: 'done', code, opener: row.opener, locale: row.locale }
}

function organisationOf(ports: SignInPorts, row: SignInRow, result: SignInResult): Promise<Organisation | null> {
  const { administrator, refreshToken, portalDepartments: departments } = result
  if (refreshToken === null) return Promise.resolve(result.organisation)
  return ports.connect({
    portalId: row.portal_id,
    dataCentre: row.data_centre,
    refreshToken,
    administrator,
    departments,
  })
}
