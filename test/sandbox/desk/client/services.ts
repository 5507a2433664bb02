import type { AgentItem, BootData, TicketPage } from '../pages/page-data.ts'
import type { DeskApi } from './api.ts'
import { showModal, showPopup, showToast } from './dialogs.ts'
import type { FrameHub } from './frames.ts'
import type { HostServices, Values, WidgetHost } from './host.ts'
import { openWidgetFrame } from './widget-frame.ts'

/** What the page lends to widgets. */
export type HostPage = {
  api: DeskApi
  hub: FrameHub
  boot: BootData
  agent: () => AgentItem
  /** The ticket on the page; undefined on the settings page. */
  ticket: () => TicketPage | undefined
  appPayload: (widgetLocation: string) => Promise<Values>
  fillComment: (text: string, isReplaced: boolean) => void
  setPanelOpen: (isOpen: boolean) => void
  goTo: (hash: string) => void
}

type WidgetPlace = { url: string; location: string; close?: () => void }

/** Desk's answers to one widget's calls. */
export function widgetServices(page: HostPage, place: WidgetPlace, host: () => WidgetHost): HostServices {
  return {
    get: (property, value) => getData(page, property, value),
    set: (property, value) => setData(page, property, value),
    remove: async (property, value) => {
      if (property !== 'database') throw new Error(`${property} cannot be deleted.`)
      await page.api.database('delete', value)
      return success()
    },
    action: async (type, property, value) => {
      runAction(page, place, type, property, value)
      return success()
    },
    notify: async (value) => {
      const { title, content, icon } = valuesOf(value)
      if (typeof title === 'string' && title.length > 255)
        throw new Error('notify: the title has at most 255 characters.')
      showToast(textOf(title), textOf(content), icon === 'success')
      return success()
    },
    popup: async (value) => {
      // What Cancel really answers is unconfirmed; Zoho's sample handles it as a rejection.
      if (!(await showPopup(valuesOf(value)))) throw new Error('cancelled')
      return success()
    },
    log: async (value) => {
      console.info('[extension]', value)
      return success()
    },
    http: async (options) => {
      const { result, refusal } = await page.api.proxy(await sendable(options))
      if (typeof refusal === 'string') throw new Error(refusal)
      return textOf(result)
    },
    createInstance: async (options) => openInstance(page, place, host(), valuesOf(options)),
    widgets: () => page.hub.widgets(),
    emitted: (eventName, widgetID, data) => page.hub.pass(host(), eventName, widgetID, data),
  }
}

async function getData(page: HostPage, property: string, value: unknown): Promise<Values> {
  if (property === 'database') {
    const { data } = await page.api.database('read', value)
    return { status: 'success', 'database.get': { data } }
  }
  if (property === 'extension.config') return { status: 'success', [property]: (await page.api.config()).visible }
  const [root = '', ...path] = property.split('.')
  const record = recordOf(page, root)
  const wanted = path.join('.')
  if (record === undefined) throw new Error(`${root} is not available here.`)
  if (wanted !== '' && !(wanted in record)) throw new Error(`${property} is not available here.`)
  return { status: 'success', [property]: wanted === '' ? record : record[wanted] }
}

function recordOf(page: HostPage, root: string): Values | undefined {
  const agent = page.agent()
  switch (root) {
    case 'user':
      return {
        id: agent.id,
        fullName: agent.name,
        email: agent.email,
        timeZone: agent.timeZone,
        tzoffset: new Date().getTimezoneOffset() * -60_000,
        portals: [{ id: agent.orgId, name: agent.portalName }],
      }
    case 'portal':
      return { id: agent.orgId, name: agent.portalName }
    case 'department': {
      const ticket = page.ticket()
      return ticket === undefined ? undefined : { id: ticket.departmentId, name: ticket.department }
    }
    case 'ticket':
      return page.ticket()?.sdk
    default:
      return undefined
  }
}

async function setData(page: HostPage, property: string, value: unknown): Promise<Values> {
  const values = valuesOf(value)
  if (property === 'database') await page.api.database('write', value)
  else if (property === 'extension.config') await page.api.setConfig(textOf(values.name), textOf(values.value))
  else if (property === 'ticket.comment') page.fillComment(textOf(values.comment), true)
  else if (property.startsWith('ticket.')) {
    const ticketId = page.ticket()?.id
    if (ticketId === undefined) throw new Error('There is no ticket here.')
    await page.api.act('set', { ticketId, fields: values })
  } else throw new Error(`${property} cannot be set.`)
  return success()
}

function runAction(page: HostPage, place: WidgetPlace, type: string, property: unknown, value: unknown): void {
  const values = valuesOf(value)
  switch (type) {
    case 'INSERT':
      if (property !== 'ticket.replyEditor') throw new Error(`INSERT: there is no ${textOf(property)}.`)
      page.fillComment(textOf(values.value), values.type === 'replace')
      return
    case 'ROUTE_TO':
      page.goTo(routeOf(valuesOf(property)))
      return
    case 'SHOW':
    case 'MAXIMIZE':
      page.setPanelOpen(true)
      return
    case 'HIDE':
    case 'MINIMIZE':
      page.setPanelOpen(false)
      return
    case 'MODAL_CLOSE':
      if (place.close === undefined) throw new Error('MODAL_CLOSE: this widget is no modal.')
      place.close()
      return
    default:
      throw new Error(`${type} is not possible for this widget.`)
  }
}

function routeOf(target: Values): string {
  if (target.entity === 'ticket' && typeof target.id === 'string') return `#ticket/${target.id}`
  if (target.entity === 'extension' && target.location === 'desk.extension.preference') return '#settings'
  throw new Error('ROUTE_TO: the sandbox has no such page.')
}

/** A modal on the widget's own origin; its opener hears `modal.opened` with the modal's id. */
function openInstance(page: HostPage, place: WidgetPlace, opener: WidgetHost, options: Values): Values {
  const url = new URL(textOf(options.url), place.url)
  if (url.origin !== new URL(place.url).origin) throw new Error('modal: the page must belong to the extension.')
  let close = (): void => undefined
  const inner: WidgetPlace = { url: url.toString(), location: textOf(options.location), close: () => close() }
  const frame = openWidgetFrame({
    hub: page.hub,
    url: url.toString(),
    title: textOf(options.title),
    isStorageBlocked: page.boot.isStorageBlocked,
    services: (host) => widgetServices(page, inner, host),
    app: () => page.appPayload(inner.location),
    onRegistered: () => opener.deliver('modal.opened', frame.host.uniqueID, {}),
  })
  const modal = showModal(textOf(options.title), frame.element, () => frame.remove())
  close = () => modal.close()
  return { widgetID: frame.host.uniqueID }
}

/** File contents travel to the proxy in base64, everything else as it is. */
async function sendable(options: unknown): Promise<unknown> {
  const values = valuesOf(options)
  if (!Array.isArray(values.fileObj)) return values
  const files = values.fileObj.map(valuesOf)
  const fileObj = await Promise.all(
    files.map(async (file) => ({
      ...file,
      content: file.content instanceof ArrayBuffer ? await base64(file.content) : '',
    })),
  )
  return { ...values, fileObj }
}

async function base64(content: ArrayBuffer): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''))
  reader.readAsDataURL(new Blob([content]))
  return (await promise).split(',')[1] ?? ''
}

function success(): Values {
  return { status: 'success' }
}

function valuesOf(value: unknown): Values {
  return isValues(value) ? value : {}
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
