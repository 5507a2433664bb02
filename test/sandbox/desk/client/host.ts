/** The host's side of the SDK's protocol for one widget: what it answers, and which events it sends. */

export type Values = Record<string, unknown>

/** What the host does for a widget. A thrown Error or a rejection becomes the rejection of the widget's promise. */
export type HostServices = {
  get: (property: string, value: unknown) => Promise<unknown>
  set: (property: string, value: unknown) => Promise<unknown>
  remove: (property: string, value: unknown) => Promise<unknown>
  /** INSERT, ROUTE_TO, RESIZE and other actions of `invoke`. */
  action: (type: string, property: unknown, value: unknown) => Promise<unknown>
  notify: (value: unknown) => Promise<unknown>
  popup: (value: unknown) => Promise<unknown>
  log: (value: unknown) => Promise<unknown>
  /** Resolves to the JSON string `{statusCode, response}`. */
  http: (options: unknown) => Promise<string>
  /** Resolves to `{widgetID}` of the widget that was opened. */
  createInstance: (options: unknown) => Promise<unknown>
  widgets: () => unknown
  /** The widget emitted: `widgetID` is its own id, or that of the widget it speaks to. */
  emitted: (eventName: string, widgetID: string, data: unknown) => void
}

export type HookAnswer = { isAllowed: boolean; reason?: string }

const HOOK_TIMEOUT_MS = 30_000

export class WidgetHost {
  readonly uniqueID: string
  readonly #post: (message: Values) => void
  readonly #services: HostServices
  /** `eventName` of own events, `widgetID eventName` of another widget's. */
  readonly #bound = new Set<string>()
  readonly #hooks = new Map<string, (answers: unknown) => void>()
  #isRegistered = false
  #hookCount = 0

  constructor(uniqueID: string, post: (message: Values) => void, services: HostServices) {
    this.uniqueID = uniqueID
    this.#post = post
    this.#services = services
  }

  get isRegistered(): boolean {
    return this.#isRegistered
  }

  /** To be called after the iframe's `load`. */
  register(app: Values): void {
    this.#post({ type: '__REGISTER__', uniqueID: this.uniqueID, data: app })
  }

  /** An event of Desk; not sent when the widget never bound to it. */
  emit(eventName: string, data: unknown): void {
    if (this.#bound.has(eventName)) this.#send(eventName, this.uniqueID, data)
  }

  /** An event of another widget, as this one sees it. */
  deliver(eventName: string, widgetID: string, data: unknown): void {
    if (widgetID === this.uniqueID || this.#bound.has(`${widgetID} ${eventName}`)) this.#send(eventName, widgetID, data)
  }

  /** Asks the widget whether an action may go on; silence for 30 s lets it. */
  async hook(eventName: string, data: unknown, timeoutMs = HOOK_TIMEOUT_MS): Promise<HookAnswer> {
    if (!this.#bound.has(eventName)) return { isAllowed: true }
    this.#hookCount += 1
    const promiseID = `Host${this.#hookCount}`
    const answered = new Promise<unknown>((resolve) => this.#hooks.set(promiseID, resolve))
    this.#post({ type: '__EVENT__', eventName, widgetID: this.uniqueID, data, isPromise: true, promiseID })
    const silence = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), timeoutMs))
    const answer = await Promise.race([answered, silence])
    this.#hooks.delete(promiseID)
    return hookAnswer(answer)
  }

  /** A message of this widget's frame; source and origin are checked by the caller. */
  receive(message: unknown): void {
    if (!isValues(message) || message.uniqueID !== this.uniqueID) return
    const kind = message.type ?? message.eventName
    switch (kind) {
      case '__REGISTER__':
        this.#isRegistered = true
        break
      case '__DEREGISTER__':
        this.deregister()
        break
      case '__EVENT_BIND__':
        this.#bound.add(this.#bindingOf(message))
        break
      case '__EMIT__':
        this.#services.emitted(textOf(message.eventName), textOf(message.widgetID), message.data)
        break
      case '__EVENT_RESPONSE__':
        this.#hooks.get(textOf(message.promiseID))?.(isValues(message.data) ? message.data.response : undefined)
        break
      default:
        if (this.#isRegistered && message.isPromise === true) void this.#answer(message, textOf(kind))
    }
  }

  deregister(): void {
    this.#isRegistered = false
    this.#bound.clear()
    this.#hooks.clear()
  }

  #bindingOf(message: Values): string {
    const eventName = textOf(message.eventName)
    return message.widgetID === this.uniqueID ? eventName : `${textOf(message.widgetID)} ${eventName}`
  }

  #send(eventName: string, widgetID: string, data: unknown): void {
    this.#post({ type: '__EVENT__', eventName, widgetID, data })
  }

  async #answer(message: Values, kind: string): Promise<void> {
    const { promiseID } = message
    try {
      const data = await this.#perform(message, kind)
      this.#post({ type: '__EVENT_RESPONSE__', promiseID, isSuccess: true, data })
    } catch (error) {
      // The shape of a failure is unconfirmed.
      const data = { status: 'failure', message: error instanceof Error ? error.message : String(error) }
      this.#post({ type: '__EVENT_RESPONSE__', promiseID, isSuccess: false, data })
    }
  }

  #perform(message: Values, kind: string): Promise<unknown> {
    if (kind === '__HTTP__') return this.#services.http(message.options)
    if (kind === '__CREATE_INSTANCE__') return this.#services.createInstance(message.options)
    if (kind === '__WIDGETS_INFO__') return Promise.resolve(this.#services.widgets())
    if (message.eventName !== 'DESK_EVENT' || !isValues(message.data)) {
      return Promise.reject(new Error(`The host knows no ${kind}.`))
    }
    return this.#performDesk(message.data)
  }

  #performDesk({ type, property, value }: Values): Promise<unknown> {
    switch (type) {
      case 'GET_DATA':
        return this.#services.get(textOf(property), value)
      case 'SET_DATA':
        return this.#services.set(textOf(property), value)
      case 'DELETE_DATA':
        return this.#services.remove(textOf(property), value)
      case 'NOTIFY':
        return this.#services.notify(value)
      case 'POPUP':
        return this.#services.popup(value)
      case 'LOG':
        return this.#services.log(value)
      default:
        return this.#services.action(textOf(type), property, value)
    }
  }
}

/** One handler that says false or rejects stops the action; its reason is shown to the agent. */
export function hookAnswer(answers: unknown): HookAnswer {
  if (!Array.isArray(answers)) return { isAllowed: true }
  const refusal = answers.filter(isValues).find((answer) => answer.isSuccess === false || answer.response === false)
  if (refusal === undefined) return { isAllowed: true }
  return typeof refusal.response === 'string' ? { isAllowed: false, reason: refusal.response } : { isAllowed: false }
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
