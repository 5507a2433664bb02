import type { BootData, TicketPage } from '../pages/page-data.ts'
import type { Change } from '../changes.ts'
import { DeskApi, listenToChanges } from './api.ts'
import { showFailure, showToast } from './dialogs.ts'
import { button, h } from './dom.ts'
import { FrameHub } from './frames.ts'
import type { Values } from './host.ts'
import { listView } from './list-view.ts'
import { appPayload } from './payload.ts'
import { widgetServices } from './services.ts'
import type { HostPage } from './services.ts'
import { agentOf, dressPage, keepSession, loadSession, userPreferences } from './session.ts'
import type { Session } from './session.ts'
import { SettingsView } from './settings-view.ts'
import { TicketView } from './ticket-view.ts'
import { topBar } from './top-bar.ts'
import { openWidgetFrame } from './widget-frame.ts'
import type { WidgetFrame } from './widget-frame.ts'
import { wordsOf } from './words.ts'

const RIGHT_PANEL = 'desk.ticket.detail.rightpanel'
const PREFERENCE = 'desk.extension.preference'
const TOP_BAND = 'desk.topband'

/** Hooks that Desk asks before a ticket's status changes (names beyond reOpen are unconfirmed). */
const STATUS_HOOKS: Record<string, string> = { Open: 'ticket.reOpen', Closed: 'ticket.close' }

class DeskPage {
  readonly #boot: BootData
  readonly #session: Session
  readonly #api: DeskApi
  readonly #hub = new FrameHub()
  readonly #bar = h('div', {})
  readonly #content = h('div', { class: 'content' })
  #frames: WidgetFrame[] = []
  #ticketView: TicketView | undefined
  #settingsView: SettingsView | undefined
  #ticket: TicketPage | undefined
  #ticketId: string | undefined
  #panel: HTMLElement | undefined
  #isList = false
  /** What the list was drawn from. */
  #drawnRows = ''
  /** Raised whenever another view is shown: answers that come too late draw nothing. */
  #viewCount = 0

  constructor(boot: BootData) {
    this.#boot = boot
    this.#session = loadSession(boot)
    this.#api = new DeskApi(() => agentOf(this.#boot, this.#session))
  }

  start(): void {
    document.querySelector('#desk')?.replaceChildren(this.#bar, this.#content)
    window.addEventListener('message', (event) => this.#hub.receive(event))
    window.addEventListener('hashchange', () => this.#route(false))
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => dressPage(this.#session))
    this.#drawBar()
    this.#route(true)
    listenToChanges((change) => this.#changed(change))
  }

  #drawBar(): void {
    dressPage(this.#session)
    const isMenuOpen = this.#bar.querySelector('details')?.open === true
    this.#bar.replaceChildren(topBar(this.#boot, this.#session, this.#words, (change) => this.#choose(change)))
    const menu = this.#bar.querySelector('details')
    if (menu !== null) menu.open = isMenuOpen
  }

  get #words(): ReturnType<typeof wordsOf> {
    return wordsOf(this.#session.locale)
  }

  /** Another agent or language is another page; the look changes under the open widget. */
  #choose(change: Partial<Session>): void {
    Object.assign(this.#session, change)
    keepSession(this.#session)
    this.#drawBar()
    if (change.agentId !== undefined || change.locale !== undefined) this.#route(true)
    else this.#hub.broadcast('user_preference.changed', userPreferences(this.#session))
  }

  #route(isFresh: boolean): void {
    const ticketId = /(?:ticket\/|dv\/)(\d+)$/.exec(location.hash)?.[1]
    if (ticketId !== undefined && this.#ticket !== undefined && !isFresh) {
      void this.#shiftTo(ticketId)
      return
    }
    this.#leaveView()
    if (ticketId !== undefined) void this.#openTicket(ticketId)
    else if (location.hash === '#settings') void this.#openSettings()
    else if (location.hash === '#topband') this.#openTopBand()
    else void this.#openList()
  }

  #leaveView(): void {
    this.#viewCount += 1
    this.#isList = false
    this.#drawnRows = ''
    this.#closeFrames()
    this.#ticketView = undefined
    this.#settingsView = undefined
    this.#ticket = undefined
    this.#ticketId = undefined
  }

  #closeFrames(): void {
    for (const frame of this.#frames) frame.remove()
    this.#frames = []
    this.#panel = undefined
  }

  async #openList(): Promise<void> {
    const view = this.#viewCount
    this.#isList = true
    const rows = await this.#api.tickets()
    const drawn = JSON.stringify(rows.map(({ commentCount: _count, modifiedTime: _time, ...shown }) => shown))
    // Drawn anew only where it is another: a link stays under the hand that presses it.
    if (view !== this.#viewCount || drawn === this.#drawnRows) return
    this.#drawnRows = drawn
    const { orgId } = agentOf(this.#boot, this.#session)
    this.#content.replaceChildren(listView({ rows, boot: this.#boot, orgId, api: this.#api, word: this.#words }))
  }

  async #openTicket(ticketId: string): Promise<void> {
    const { orgId } = agentOf(this.#boot, this.#session)
    const view = new TicketView({
      boot: this.#boot,
      orgId,
      locale: this.#session.locale,
      word: this.#words,
      act: (action, body) => void this.#act(action, body),
      addComment: (content, isPublic) => void this.#addComment(content, isPublic),
    })
    this.#ticketView = view
    this.#ticketId = ticketId
    const isFound = await this.#readTicket()
    if (isFound) this.#content.replaceChildren(h('div', { class: 'ticket-page' }, view.element, ...this.#rightPanel()))
  }

  /** Another ticket in the same page: the widget stays and is told. */
  async #shiftTo(ticketId: string): Promise<void> {
    this.#ticketId = ticketId
    if (await this.#readTicket()) this.#hub.broadcast('ticket_Shift', { ticketId })
  }

  /** Answers whether the ticket exists for this agent. */
  async #readTicket(): Promise<boolean> {
    const ticketId = this.#ticketId
    const view = this.#ticketView
    if (ticketId === undefined || view === undefined) return false
    try {
      const ticket = await this.#api.ticket(ticketId)
      if (this.#ticketId !== ticketId || this.#ticketView !== view) return false
      this.#ticket = ticket
      view.show(ticket)
      return true
    } catch {
      if (this.#ticketView !== view) return false
      this.#ticket = undefined
      this.#closeFrames()
      view.showGone()
      this.#content.replaceChildren(h('div', { class: 'ticket-page' }, view.element))
      return false
    }
  }

  async #openSettings(): Promise<void> {
    const view = this.#viewCount
    const { items } = await this.#api.config()
    if (view !== this.#viewCount) return
    const frame = this.#openWidget(PREFERENCE)
    this.#settingsView = new SettingsView(items, frame?.element ?? null, this.#api, this.#words)
    this.#content.replaceChildren(this.#settingsView.element)
  }

  async #readConfig(view: SettingsView): Promise<void> {
    view.show((await this.#api.config()).items)
  }

  #openTopBand(): void {
    const frame = this.#openWidget(TOP_BAND)
    const content = frame?.element ?? h('p', { class: 'empty' }, this.#words('noWidget'))
    this.#content.replaceChildren(h('main', { class: 'top-band' }, content))
  }

  #rightPanel(): HTMLElement[] {
    const frame = this.#openWidget(RIGHT_PANEL)
    const content = frame?.element ?? h('p', { class: 'empty' }, this.#words('noWidget'))
    const toggle = button('☰', 'panel-toggle', () => this.#setPanelOpen(panel.hidden === true))
    toggle.title = this.#words('panel')
    toggle.setAttribute('aria-label', this.#words('panel'))
    const panel = h(
      'aside',
      { class: 'right-panel', 'data-testid': 'right-panel', 'aria-label': this.#words('panel') },
      content,
    )
    this.#panel = panel
    return [panel, h('div', { class: 'panel-rail' }, toggle)]
  }

  #setPanelOpen(isOpen: boolean): void {
    if (this.#panel !== undefined) this.#panel.hidden = !isOpen
  }

  #openWidget(widgetLocation: string): WidgetFrame | undefined {
    const widget = this.#boot.widgets.find((entry) => entry.location === widgetLocation)
    if (widget === undefined) return undefined
    const place = { url: widget.url, location: widgetLocation }
    const frame = openWidgetFrame({
      hub: this.#hub,
      url: widget.url,
      title: widget.name,
      isStorageBlocked: this.#boot.isStorageBlocked,
      services: (host) => widgetServices(this.#hostPage(), place, host),
      app: () => this.#payload(widgetLocation),
    })
    this.#frames.push(frame)
    return frame
  }

  #hostPage(): HostPage {
    return {
      api: this.#api,
      hub: this.#hub,
      boot: this.#boot,
      agent: () => agentOf(this.#boot, this.#session),
      ticket: () => this.#ticket,
      appPayload: (widgetLocation) => this.#payload(widgetLocation),
      fillComment: (text, isReplaced) => this.#ticketView?.fillComment(text, isReplaced),
      setPanelOpen: (isOpen) => this.#setPanelOpen(isOpen),
      goTo: (hash) => {
        location.hash = hash
      },
    }
  }

  async #payload(widgetLocation: string): Promise<Values> {
    return appPayload(widgetLocation, this.#session, await this.#api.words(this.#session.locale), this.#boot.dataCentre)
  }

  async #act(action: string, body: object): Promise<void> {
    const ticketId = this.#ticketId
    const status = 'status' in body && typeof body.status === 'string' ? body.status : undefined
    try {
      for (const hook of status === undefined ? [] : [STATUS_HOOKS[status], 'ticket.statusChange']) {
        const answer = hook === undefined ? { isAllowed: true } : await this.#hub.mayGoOn(hook, { ticketId, ...body })
        if (!answer.isAllowed) throw new Error(answer.reason ?? 'An extension stopped this.')
      }
      await this.#api.act(action, { ticketId, ...body })
    } catch (error) {
      showFailure(error)
    }
    await this.#readTicket()
  }

  async #addComment(comment: string, isPublicComment: boolean): Promise<void> {
    const ticketId = this.#ticketId
    try {
      const hook = await this.#hub.mayGoOn('ticket.commentAdd', { ticketId, comment, isPublicComment })
      if (!hook.isAllowed) throw new Error(hook.reason ?? 'An extension stopped this.')
      const added = await this.#api.act('comment', { ticketId, content: comment, isPublic: isPublicComment })
      const { name } = agentOf(this.#boot, this.#session)
      this.#hub.broadcast('ticket_comment.add', {
        commentId: added.commentId,
        isPublicComment,
        displayTime: added.commentedTime,
        displayName: name,
        comment,
      })
    } catch (error) {
      this.#ticketView?.fillComment(comment, true)
      showToast('', error instanceof Error ? error.message : String(error), false)
    }
    await this.#readTicket()
  }

  /** Something changed in Desk: what is on the page is read again. */
  #changed(change: Change | 'all'): void {
    if (change !== 'all' && change.kind === 'settings') {
      void DeskApi.boot().then((boot) => Object.assign(this.#boot, boot))
      return
    }
    if (this.#settingsView !== undefined) {
      if (change !== 'all' && change.kind === 'config') void this.#readConfig(this.#settingsView)
    } else if (this.#ticketView !== undefined) {
      if (change === 'all' || ('ticketId' in change && change.ticketId === this.#ticketId)) void this.#readTicket()
    } else if (this.#isList) void this.#openList()
  }
}

new DeskPage(await DeskApi.boot()).start()
