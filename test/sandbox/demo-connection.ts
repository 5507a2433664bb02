import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { demoAgentIds, demoDepartmentIds, demoMeta, demoPortal, demoZoho } from './demo.ts'
import type { Desk } from './desk/desk.ts'

const connectedSchema = z.object({ orgId: z.string(), installKey: z.string() })
const savedSchema = connectedSchema.pick({ installKey: true })

/** Where everything is; `.sandbox/endpoints.json` holds the same. */
export type Endpoints = {
  workbench: string
  worker: string
  desk: string
  meta: string
  phone: string
  ticketPaneUrl: string
  appSecret: string
  verifyToken: string
  wabaId: string
  phoneNumberId: string
  displayPhoneNumber: string
  metaToken: string
  templateName: string
  templateLanguage: string
  orgId: string
  installKey: string
  agentId: string
  adminId: string
  operatorToken: string
}

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

/** Connects the demo organisation once; a later start finds the key where the first one left it. */
export async function connectDemo(options: {
  dir: string
  origins: { worker: string; desk: string; meta: string; widget: string }
  workbench: string
  operatorToken: string
  desk: Desk
}): Promise<Endpoints> {
  const { dir, origins, desk } = options
  const file = join(dir, 'demo.json')
  if (!existsSync(file)) {
    const { installKey } = await connectOrganisation(origins.worker, options.operatorToken, demoOrganisation)
    writeFileSync(file, JSON.stringify({ installKey }))
  }
  const { installKey } = savedSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  desk.setConfigParam(demoPortal.orgId, 'install_key', installKey)
  return {
    workbench: options.workbench,
    worker: origins.worker,
    desk: origins.desk,
    meta: origins.meta,
    phone: `${origins.meta}/phone`,
    ticketPaneUrl: `${origins.widget}/app/ticket.html`,
    appSecret: demoMeta.appSecret,
    verifyToken: demoMeta.verifyToken,
    wabaId: demoMeta.wabaId,
    phoneNumberId: demoMeta.phoneNumberId,
    displayPhoneNumber: demoMeta.displayPhoneNumber,
    metaToken: demoMeta.token,
    templateName: demoMeta.template.name,
    templateLanguage: demoMeta.template.language,
    orgId: demoPortal.orgId,
    installKey,
    agentId: demoAgentIds.ken,
    adminId: demoAgentIds.ana,
    operatorToken: options.operatorToken,
  }
}
