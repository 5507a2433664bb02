import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { demoDepartmentIds, demoMeta, demoPortal, demoZoho } from './demo.ts'

const connectedSchema = z.object({ orgId: z.string(), installKey: z.string() })
const savedSchema = connectedSchema.pick({ installKey: true })

export type OrganisationToConnect = {
  portalId: string
  refreshToken: string
  numbers: Array<{
    phoneNumberId: string
    wabaId: string
    portfolioId: string
    displayPhoneNumber: string
    token: string
    channel: { name: string; departmentId: string; burstSeconds?: number }
  }>
}

/** The demo organisation with its one live channel, as its operator would connect it. */
export const demoOrganisation: OrganisationToConnect = {
  portalId: demoPortal.orgId,
  refreshToken: demoZoho.refreshToken,
  numbers: [
    {
      phoneNumberId: demoMeta.phoneNumberId,
      wabaId: demoMeta.wabaId,
      portfolioId: demoMeta.businessId,
      displayPhoneNumber: demoMeta.displayPhoneNumber,
      token: demoMeta.token,
      channel: { name: 'Support', departmentId: demoDepartmentIds.support },
    },
  ],
}

/** Connects an organisation through the operator's route. Resolves to its id and its install key. */
export async function connectOrganisation(
  worker: string,
  operatorToken: string,
  organisation: OrganisationToConnect,
): Promise<{ orgId: string; installKey: string }> {
  const response = await fetch(`${worker}/operator/organisations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dataCentre: 'US', ...organisation }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`Connecting the organisation answered ${response.status}: ${text}`)
  return connectedSchema.parse(JSON.parse(text))
}

/** Connects the demo organisation. Resolves to its install key. */
export async function connectDemo(worker: string, operatorToken: string): Promise<string> {
  return (await connectOrganisation(worker, operatorToken, demoOrganisation)).installKey
}

/** Connects an organisation once; a later start finds its install key where the first one left it. */
export async function keptKey(dir: string, connect: () => Promise<string>): Promise<string> {
  const file = join(dir, 'demo.json')
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ installKey: await connect() }))
  return savedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).installKey
}
