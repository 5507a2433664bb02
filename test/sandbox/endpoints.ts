import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoAgentIds, demoMeta, demoPortal } from './demo.ts'

/** Where everything is; `.sandbox/endpoints.json` holds the same. */
export type Endpoints = {
  workbench: string
  worker: string
  desk: string
  meta: string
  phone: string
  /** Meta's decisions by button: verification, reviews, payment, limits. */
  office: string
  ticketPaneUrl: string
  settingsPaneUrl: string
  inboxUrl: string
  appSecret: string
  verifyToken: string
  wabaId: string
  phoneNumberId: string
  displayPhoneNumber: string
  metaToken: string
  templateName: string
  templateLanguage: string
  orgId: string
  /** Empty until Desk has been connected and the key put into the extension's configuration. */
  installKey: string
  agentId: string
  adminId: string
  operatorToken: string
}

export type Origins = { worker: string; desk: string; meta: string; widget: string }

export function endpointsOf(place: {
  origins: Origins
  workbench: string
  operatorToken: string
  installKey: string
}): Endpoints {
  const { origins } = place
  return {
    workbench: place.workbench,
    worker: origins.worker,
    desk: origins.desk,
    meta: origins.meta,
    phone: `${origins.meta}/phone`,
    office: `${origins.meta}/office`,
    ticketPaneUrl: `${origins.widget}/app/ticket.html`,
    settingsPaneUrl: `${origins.widget}/app/settings.html`,
    inboxUrl: `${origins.widget}/app/inbox.html`,
    appSecret: demoMeta.appSecret,
    verifyToken: demoMeta.verifyToken,
    wabaId: demoMeta.wabaId,
    phoneNumberId: demoMeta.phoneNumberId,
    displayPhoneNumber: demoMeta.displayPhoneNumber,
    metaToken: demoMeta.token,
    templateName: demoMeta.template.name,
    templateLanguage: demoMeta.template.language,
    orgId: demoPortal.orgId,
    installKey: place.installKey,
    agentId: demoAgentIds.ken,
    adminId: demoAgentIds.ana,
    operatorToken: place.operatorToken,
  }
}

/** Writes the endpoints where other programs look for them. */
export function writeEndpoints(dir: string, endpoints: Endpoints): void {
  writeFileSync(join(dir, 'endpoints.json'), `${JSON.stringify(endpoints, null, 2)}\n`)
}
