import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import type { DeskContext } from '../context.ts'
import { DeskError, forbidden, invalidField, unauthorized, unprocessable } from '../errors.ts'
import { isObject } from '../rest/input.ts'
import type { Portal } from '../state.ts'
import { sendCallback } from './callbacks.ts'
import { invokeHash, isSameHash } from './hash.ts'
import type { Manifest } from './manifest.ts'

const INTERNAL_TOKEN_MS = 60_000
const CONFIG_PATH = /^\/api\/v1\/installedExtensions\/([^/]+)\/configParams$/

type Fields = Record<string, string>

/**
 * The Invoke API: the extension's server calls Desk in the name of an installation. The call is signed with the
 * manifest's secret and names the installation by its `securityContext`. Who acts is the agent who installed it.
 */
export function addInvokeRoutes(app: Hono, desk: DeskContext, manifestOf: () => Manifest): void {
  app.post('/api/v1/invoke', async (c) => {
    try {
      const fields = await readForm(c)
      const portal = callerOf(c, desk, manifestOf(), fields)
      const answer = await invoke(app, desk, manifestOf(), portal, fields)
      return c.json({ response: JSON.stringify(answer) })
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      return c.json(error.body(), error.status)
    }
  })
}

function callerOf(c: Context, desk: DeskContext, manifest: Manifest, fields: Fields): Portal {
  const portal = desk.state.portals[c.req.query('orgId') ?? '']
  if (portal === undefined) throw unprocessable("The value passed for the 'orgId' parameter is invalid.")
  if (manifest.secret === undefined || !isSameHash(c.req.header('HASH') ?? '', invokeHash(manifest.secret, fields))) {
    throw unauthorized()
  }
  const { extension } = portal
  if (!extension.isInstalled || fields.securityContext !== extension.securityContext) throw forbidden()
  return portal
}

async function invoke(
  app: Hono,
  desk: DeskContext,
  manifest: Manifest,
  portal: Portal,
  fields: Fields,
): Promise<Record<string, unknown>> {
  const { extension } = portal
  const address = (fields.requestURL ?? '').replaceAll('{{installationId}}', extension.installationId)
  if (!URL.canParse(address) || new URL(address).origin !== desk.origin) throw invalidField('requestURL')
  const url = new URL(address)
  const method = (fields.requestType ?? 'GET').toUpperCase()
  for (const [name, value] of Object.entries(readJson(fields.queryParams))) url.searchParams.set(name, String(value))
  const installation = CONFIG_PATH.exec(url.pathname)?.[1]
  if (installation !== undefined) {
    if (installation !== extension.installationId) throw forbidden()
    return configParams(desk, manifest, portal, method, fields.postBody)
  }
  const token = internalToken(desk, portal)
  try {
    const response = await app.request(url.toString(), {
      method,
      headers: {
        Authorization: `Zoho-oauthtoken ${token}`,
        orgId: portal.orgId,
        ...(fields.postBody === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(fields.postBody === undefined || method === 'GET' ? {} : { body: fields.postBody }),
    })
    const text = await response.text()
    const statusMessage: unknown = text === '' ? '' : JSON.parse(text)
    return { status: response.ok ? 'true' : 'false', statusCode: response.status, statusMessage }
  } finally {
    delete desk.state.accounts.accessTokens[token]
  }
}

/** `GET` gives every value, those too that the widget cannot read; `POST {variables: [{name, value}]}` sets some. */
async function configParams(
  desk: DeskContext,
  manifest: Manifest,
  portal: Portal,
  method: string,
  postBody: string | undefined,
): Promise<Record<string, unknown>> {
  const { config } = portal.extension
  if (method === 'POST') {
    const { variables } = readJson(postBody)
    for (const variable of Array.isArray(variables) ? variables.filter(isObject) : []) {
      const { name, value } = variable
      if (typeof name !== 'string' || typeof value !== 'string') throw invalidField('variables')
      if (!manifest.config.some((parameter) => parameter.name === name)) throw invalidField('variables')
      const event = config[name] === undefined ? 'onConfigParamAdd' : 'onConfigParamChange'
      config[name] = value
      void sendCallback(event, portal, manifest)
    }
    desk.save()
    desk.changes.tell({ kind: 'config', orgId: portal.orgId })
  }
  const data = Object.entries(config).map(([name, value]) => ({ name, value }))
  return { status: 'true', statusCode: 200, statusMessage: { data } }
}

/** A token of the installing agent that holds every scope for the length of the call. */
function internalToken(desk: DeskContext, portal: Portal): string {
  const token = `invoke.${randomUUID()}`
  const now = desk.clock.now()
  desk.state.accounts.accessTokens[token] = {
    clientId: 'extension',
    orgId: portal.orgId,
    agentId: portal.extension.installedBy,
    scopes: ['*'],
    refreshToken: null,
    createdAt: now,
    expiresAt: now + INTERNAL_TOKEN_MS,
  }
  return token
}

async function readForm(c: Context): Promise<Fields> {
  if (!(c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')) {
    throw new DeskError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The media type of the payload is not supported.')
  }
  return Object.fromEntries(new URLSearchParams(await c.req.text()))
}

function readJson(text: string | undefined): Record<string, unknown> {
  if (text === undefined || text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
