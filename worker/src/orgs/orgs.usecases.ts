import type { Clock } from '../platform/clock.ts'
import { objectNames } from '../platform/scope.ts'
import type { AccountToSave } from './operator-accounts.repo.ts'
import type { ConnectionsRepo, NumberToSave } from './connections.repo.ts'
import type { DirectoryRepo } from './directory.repo.ts'
import { orgErrors } from './orgs.errors.ts'
import { leastFilledShard } from './orgs.model.ts'
import type { ConnectedOrganisation, ConnectOrganisation } from './orgs.schemas.ts'
import { sealContexts } from './seal-contexts.ts'

export type ConnectDeps = {
  directory: DirectoryRepo
  shardCount: number
  connectionsOf: (shard: number, orgId: string) => ConnectionsRepo
  regionOf: (dataCentre: string) => string
  seal: (context: string, secret: string) => Promise<string>
  sha256: (text: string) => Promise<string>
  newOrgId: () => string
  newChannelId: () => string
  newSecret: () => string
  /** There is another install key: every session from before the epoch is over. */
  saveNewKey: (shard: number, orgId: string, epoch: number) => Promise<void>
  /** Tells the organisation's gate to Desk that its connection is another one. */
  reloadOrg: (shard: number, orgId: string) => Promise<void>
  /** Wakes a lane, named as in `objectNames.lane`: what came in before its number was connected is worked on now. */
  touchLane: (name: string) => Promise<void>
  clock: Clock
}

/**
 * Connects an organisation, or connects it again: Desk's refresh token, numbers with their channels and routes, a new install key
 * (the old one and the sessions it opened are worth nothing afterwards). Can be repeated after a failure at any point. Throws `orgs.number_taken` and
 * `orgs.account_taken` where a number or account is another organisation's; nothing is changed then.
 */
export async function connectOrganisation(
  deps: ConnectDeps,
  input: ConnectOrganisation,
): Promise<ConnectedOrganisation> {
  const { directory, clock } = deps
  refuseTwins(input)
  const known = await directory.findOrganisation(input.portalId, input.dataCentre)
  await refuseTaken(deps, input, known?.id ?? null)
  const organisation = await directory.ensureOrganisation({
    id: deps.newOrgId(),
    portalId: input.portalId,
    dataCentre: input.dataCentre,
    region: deps.regionOf(input.dataCentre),
    shard: leastFilledShard(await directory.countByShard(), deps.shardCount),
    now: clock(),
  })
  const { id: orgId, shard, epoch } = organisation
  const contexts = sealContexts(orgId)
  const numbers = await Promise.all(input.numbers.map((number) => numberToSave(deps, orgId, number)))
  await deps
    .connectionsOf(shard, orgId)
    .save(
      { portalId: input.portalId, dataCentre: input.dataCentre, epoch },
      { refreshToken: await deps.seal(contexts.deskRefresh, input.refreshToken), concurrency: input.concurrency },
      { numbers, accounts: await accountsToSave(deps, orgId, input), trialStartedAt: input.trialStartedAt ?? null },
      clock(),
    )
  // Routes come after what they lead to: a lane that finds one finds the number too.
  await directory.addRoutes(orgId, input.numbers, clock())
  await refuseTaken(deps, input, orgId)
  const installKey = deps.newSecret()
  const next = await directory.rotateInstallKey(orgId, await deps.sha256(installKey), clock())
  await deps.saveNewKey(shard, orgId, next)
  await deps.reloadOrg(shard, orgId)
  await Promise.all(lanesOf(input).map((name) => deps.touchLane(name)))
  return { orgId, installKey }
}

function lanesOf({ numbers }: ConnectOrganisation): string[] {
  const { number, account } = objectNames.lane
  return [...new Set(numbers.flatMap(({ phoneNumberId, wabaId }) => [number(phoneNumberId), account(wabaId)]))]
}

function refuseTwins({ numbers }: ConnectOrganisation): void {
  const seen = new Set<string>()
  for (const { phoneNumberId } of numbers) {
    if (seen.has(phoneNumberId)) throw orgErrors.numberTwice(phoneNumberId)
    seen.add(phoneNumberId)
  }
}

/** `orgId` is null while the organisation is not there yet: whoever owns one of its numbers then is another. */
async function refuseTaken(
  { directory }: ConnectDeps,
  { numbers }: ConnectOrganisation,
  orgId: string | null,
): Promise<void> {
  const owners = await directory.findOwners(numbers)
  for (const { phoneNumberId, wabaId } of numbers) {
    if (isForeign(owners.numbers.get(phoneNumberId), orgId)) throw orgErrors.numberTaken(phoneNumberId)
    if (isForeign(owners.accounts.get(wabaId), orgId)) throw orgErrors.accountTaken(wabaId)
  }
}

function isForeign(owner: string | undefined, orgId: string | null): boolean {
  return owner !== undefined && owner !== orgId
}

async function numberToSave(
  deps: ConnectDeps,
  orgId: string,
  number: ConnectOrganisation['numbers'][number],
): Promise<NumberToSave> {
  const { phoneNumberId, wabaId, portfolioId, displayPhoneNumber, verifiedName, token, channel } = number
  return {
    phoneNumberId,
    wabaId,
    portfolioId,
    displayPhoneNumber,
    verifiedName: verifiedName ?? null,
    nameStatus: number.nameStatus ?? null,
    token: await deps.seal(sealContexts(orgId).metaToken(phoneNumberId), token),
    channel: { id: deps.newChannelId(), ...channel },
  }
}

/** Every account of the numbers, with what the operator said of it, and the token of its first number. */
async function accountsToSave(
  deps: ConnectDeps,
  orgId: string,
  { numbers, accounts }: ConnectOrganisation,
): Promise<AccountToSave[]> {
  const firsts = numbers.filter(({ wabaId }, index) => numbers.findIndex((one) => one.wabaId === wabaId) === index)
  return Promise.all(
    firsts.map(async ({ wabaId, portfolioId, token }) => {
      const said = accounts.find((account) => account.wabaId === wabaId)
      return {
        wabaId,
        businessId: portfolioId,
        token: await deps.seal(sealContexts(orgId).metaAccountToken(wabaId), token),
        name: said?.name ?? '',
        businessVerification: said?.businessVerification?.toLowerCase() ?? null,
        reviewStatus: said?.reviewStatus?.toLowerCase() ?? null,
        payment: said?.payment ?? 'unknown',
      }
    }),
  )
}
