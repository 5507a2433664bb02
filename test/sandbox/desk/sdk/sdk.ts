/**
 * A stand-in for the Desk SDK (`ZohoDeskClientSDK.min.js`): the same global, the same messages, the same quirks. It is
 * served as a classic script, so it imports nothing. What it must do is told by the protocol's description, not by the
 * original's text:
 * - before registration every call but `on` throws; nothing is replayed to a late `onload`; an answer that never comes
 *   leaves its promise pending;
 * - neither source nor origin of a message is checked;
 * - `__REGISTER__` without a usable `serviceOrigin` in the widget's address only writes to the console.
 */
;(() => {
  type Values = Record<string, unknown>
  type Handler = (data: unknown) => unknown
  type Settle = { resolve: (value: unknown) => void; reject: (reason: unknown) => void }
  type Instance = { id: string | undefined; handlers: Map<string, Handler[]>; api: Values }

  const DESK = { type: '__EVENT__', eventName: 'DESK_EVENT' }
  const DATA_CENTRES: Record<string, string> = { com: 'US', eu: 'EU', in: 'IN', cn: 'CN', au: 'AU', jp: 'JP' }

  const pending = new Map<string, Settle>()
  const children = new Map<string, Instance>()
  const serviceOrigin = readServiceOrigin()
  let promiseCount = 100
  let peer: Window | undefined
  let ownKey: string | undefined
  const root = createInstance(() => ownKey)

  window.addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data))
  window.addEventListener('unload', () => {
    post({ type: '__DEREGISTER__', uniqueID: ownKey, widgetOrigin: widgetOrigin() })
  })

  Object.assign(globalThis, {
    ZOHODESK: {
      extension: { onload },
      get: (property: string, value?: unknown) => desk({ type: 'GET_DATA', property, value }),
      set: (property: string, value?: unknown) => desk({ type: 'SET_DATA', property, value }),
      delete: (property: string, value?: unknown) => desk({ type: 'DELETE_DATA', property, value }),
      invoke: (type: string, property?: unknown, value?: unknown) =>
        desk({ type, property: sizeFor(type, property), value }),
      notify: (value: unknown) => desk({ type: 'NOTIFY', value }),
      showpopup: (value: unknown) => desk({ type: 'POPUP', value }),
      log: (value: unknown) => desk({ type: 'LOG', value }),
      request,
    },
  })

  function onload(): Promise<unknown> {
    return new Promise((resolve) => {
      listen(root, 'Load', (data) => {
        // A value that is no object cannot take `instance`: this throws and `onload` stays pending.
        if (!isValues(data)) throw new TypeError('Cannot set properties of a value that is no object')
        data.instance = root.api
        resolve(data)
      })
    })
  }

  function createInstance(idOf: () => string | undefined): Instance {
    const instance: Instance = {
      get id() {
        return idOf()
      },
      handlers: new Map(),
      api: {},
    }
    Object.assign(instance.api, {
      on: (eventName: string, handler: Handler) => bind(instance, eventName, handler),
      emit: (eventName: string, data?: unknown) => send(instance, { type: '__EMIT__', eventName, data }),
      modal: (options: Values) =>
        call(instance, '__CREATE_INSTANCE__', Object.assign(options, { location: '__MODAL__' })),
      createInstance: (options: unknown) => call(instance, '__CREATE_INSTANCE__', options),
      getWidgets: () => ask(instance, { eventName: '__WIDGETS_INFO__' }),
      getWidgetInstance: (id: string) => childOf(id).api,
      fetch: (options: unknown) => call(instance, '__HTTP__', options),
      isRegistered: () => peer !== undefined,
      getFileObject: readFile,
      dcType: dataCentre(),
    })
    return instance
  }

  function childOf(id: string): Instance {
    const known = children.get(id)
    if (known !== undefined) return known
    const child = createInstance(() => id)
    children.set(id, child)
    return child
  }

  function bind(instance: Instance, eventName: string, handler: Handler): void {
    const count = listen(instance, eventName, handler)
    if (eventName === 'Load') return
    const message = { type: '__EVENT_BIND__', eventName, count }
    if (peer === undefined) listen(root, 'Load', () => send(root, message))
    else send(instance, message)
  }

  function listen(instance: Instance, eventName: string, handler: Handler): number {
    const handlers = [...(instance.handlers.get(eventName) ?? []), handler]
    instance.handlers.set(eventName, handlers)
    return handlers.length
  }

  function desk(data: Values): Promise<unknown> {
    return ask(root, { ...DESK, data })
  }

  function call(instance: Instance, eventName: string, options: unknown): Promise<unknown> {
    return ask(instance, { eventName, options })
  }

  function request(options: Values): Promise<unknown> {
    if (!Array.isArray(options.fileObj)) return call(root, '__HTTP__', options)
    const entries = options.fileObj.filter((entry) => isValues(entry) && entry.file instanceof File)
    return new Promise((resolve) => {
      void Promise.all(entries.map(readEntry)).then((fileObj) =>
        resolve(call(root, '__HTTP__', { ...options, fileObj })),
      )
    })
  }

  async function readEntry(entry: { file: File; key: unknown }): Promise<Values> {
    return { ...(await readFile(entry.file)), key: entry.key }
  }

  async function readFile(file: File): Promise<Values> {
    return { fileName: file.name, fileType: file.type, content: await file.arrayBuffer() }
  }

  function ask(instance: Instance, message: Values): Promise<unknown> {
    needPeer()
    const promiseID = `Promise${promiseCount}`
    promiseCount += 1
    const answer = new Promise((resolve, reject) => pending.set(promiseID, { resolve, reject }))
    send(instance, { ...message, isPromise: true, promiseID })
    return answer
  }

  function send(instance: Instance, message: Values): void {
    needPeer()
    post({ ...message, uniqueID: ownKey, widgetID: instance.id, time: Date.now(), widgetOrigin: widgetOrigin() })
  }

  function post(message: Values): void {
    peer?.postMessage(message, serviceOrigin ?? '')
  }

  function needPeer(): void {
    if (peer === undefined) throw new Error('Parentwindow reference not found.')
  }

  function receive(received: unknown): void {
    const message: unknown = typeof received === 'string' ? parse(received) : received
    if (message === undefined) return
    if (message === null) throw new TypeError("Cannot read properties of null (reading 'type')")
    if (!isValues(message)) return
    try {
      if (message.type === '__REGISTER__') register(message)
      else if (message.type === '__EVENT_RESPONSE__') settle(message)
      else play(message)
    } catch (error) {
      console.error('[SDK.MessageHandler] => ', error instanceof Error ? error.stack : error)
    }
  }

  function register(message: Values): void {
    peer = window.parent
    ownKey = textOf(message.uniqueID)
    send(root, { type: '__REGISTER__' })
    for (const handler of root.handlers.get('Load') ?? []) handler(message.data)
  }

  function settle(message: Values): void {
    const promiseID = textOf(message.promiseID) ?? ''
    const waiting = pending.get(promiseID)
    pending.delete(promiseID)
    if (message.isSuccess) waiting?.resolve(message.data)
    else waiting?.reject(message.data)
  }

  function play(message: Values): void {
    const instance = message.widgetID === ownKey ? root : children.get(textOf(message.widgetID) ?? '')
    if (message.isPromise === true) {
      void answerHook(message, instance)
      return
    }
    for (const handler of handlersOf(instance, message)) handler(message.data)
  }

  async function answerHook(message: Values, instance: Instance | undefined): Promise<void> {
    let response: unknown
    if (instance === undefined) response = new TypeError('The widget of this event is not known')
    else response = await Promise.all(handlersOf(instance, message).map((handler) => outcome(handler, message.data)))
    const answer = (value: unknown): void =>
      send(root, {
        type: '__EVENT_RESPONSE__',
        eventName: message.eventName,
        promiseID: message.promiseID,
        data: { response: value, widgetID: message.widgetID, sourceWidgetID: ownKey },
      })
    try {
      answer(response)
    } catch (error) {
      answer(error)
    }
  }

  async function outcome(handler: Handler, data: unknown): Promise<Values> {
    try {
      const returned = handler(data)
      // Only native promises are awaited; a look-alike is passed on as it is.
      return returned instanceof Promise
        ? { isSuccess: true, response: await returned }
        : { isSuccess: true, response: returned }
    } catch (error) {
      return { isSuccess: false, response: error }
    }
  }

  function handlersOf(instance: Instance | undefined, message: Values): Handler[] {
    return instance?.handlers.get(textOf(message.eventName) ?? '') ?? []
  }

  /** RESIZE without a size takes the page's own. */
  function sizeFor(type: string, property: unknown): unknown {
    if (type !== 'RESIZE' || property !== undefined) return property
    const { offsetHeight, offsetWidth } = document.documentElement
    return { height: offsetHeight, width: offsetWidth }
  }

  /** Only this parameter is decoded; a value ends at its second `=` and takes a hash along. */
  function readServiceOrigin(): string | undefined {
    const query = location.href.split('?')[1] ?? ''
    const pairs = query.split('&').map((pair) => pair.split('='))
    const value = pairs.find(([name]) => name === 'serviceOrigin')?.[1]
    return value === undefined ? undefined : decodeURIComponent(value)
  }

  function widgetOrigin(): string {
    return encodeURIComponent(`${location.protocol}//${location.host}${location.pathname}`)
  }

  /** Of the widget's own address, hence useless, as in the original. */
  function dataCentre(): string {
    const label = location.host.split('.').at(-1) ?? ''
    return DATA_CENTRES[label] ?? label
  }

  function parse(text: string): unknown {
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  }

  function textOf(value: unknown): string | undefined {
    return typeof value === 'string' ? value : undefined
  }

  function isValues(value: unknown): value is Values {
    return typeof value === 'object' && value !== null
  }
})()
