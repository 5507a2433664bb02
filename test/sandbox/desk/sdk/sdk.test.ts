import { compileFunction } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'
import { javaScriptOf } from '../pages/assets.routes.ts'

type Values = Record<string, unknown>
type Handler = (data: unknown) => unknown
type App = Values & {
  instance: {
    on: (eventName: string, handler: Handler) => void
    emit: (eventName: string, data: unknown) => void
    modal: (options: Values) => Promise<unknown>
    getWidgets: () => Promise<unknown>
    getWidgetInstance: (id: string) => App['instance']
    isRegistered: () => boolean
    dcType: string
  }
}
type Sdk = {
  extension: { onload: () => Promise<App> }
  get: (property: string, value?: unknown) => Promise<unknown>
  invoke: (action: string, property?: unknown, value?: unknown) => Promise<unknown>
  request: (options: Values) => Promise<unknown>
}

const source = javaScriptOf(new URL('sdk.ts', import.meta.url))

/** The SDK in a page of its own: what it posts to the parent, and a way to send it messages. */
function page(query = '?serviceOrigin=http%3A%2F%2F127.0.0.1%3A4302') {
  const posted: { message: Values; target: string }[] = []
  const listeners = new Map<string, (event: { data: unknown }) => void>()
  const parent = {
    postMessage: (message: Values, target: string) => posted.push({ message: structuredClone(message), target }),
  }
  const window = {
    parent,
    addEventListener: (name: string, listener: (event: { data: unknown }) => void) => listeners.set(name, listener),
  }
  const scope: { ZOHODESK?: Sdk } = {}
  const location = new URL(`http://127.0.0.1:4304/app/ticket.html${query}`)
  const document = { documentElement: { offsetHeight: 400, offsetWidth: 320 } }
  const run = compileFunction(source, ['window', 'location', 'document', 'globalThis'])
  Reflect.apply(run, undefined, [window, location, document, scope])
  if (scope.ZOHODESK === undefined) throw new Error('the SDK left no global')
  const receive = (data: unknown): void => listeners.get('message')?.({ data })
  return { sdk: scope.ZOHODESK, posted, receive, unload: () => listeners.get('unload')?.({ data: null }) }
}

async function registered() {
  const parts = page()
  const loaded = parts.sdk.extension.onload()
  parts.receive({ type: '__REGISTER__', uniqueID: 'U1', data: { locale: 'en' } })
  return { ...parts, app: await loaded }
}

const last = ({ posted }: { posted: { message: Values }[] }): Values => posted.at(-1)?.message ?? {}

describe('boot', () => {
  it('answers the registration to the host’s origin and hands over the app with its instance', async () => {
    const { app, posted } = await registered()
    expect(app).toMatchObject({ locale: 'en', instance: { dcType: '1:4304' } })
    expect(app.instance.isRegistered()).toBe(true)
    expect(posted).toEqual([
      {
        target: 'http://127.0.0.1:4302',
        message: {
          type: '__REGISTER__',
          uniqueID: 'U1',
          widgetID: 'U1',
          widgetOrigin: encodeURIComponent('http://127.0.0.1:4304/app/ticket.html'),
          time: expect.any(Number) as unknown,
        },
      },
    ])
  })

  it('throws at once before registration', () => {
    const { sdk } = page()
    expect(() => sdk.get('ticket')).toThrow('Parentwindow reference not found.')
    expect(() => sdk.request({ url: 'x' })).toThrow('Parentwindow reference not found.')
  })

  it('replays nothing to a late onload', async () => {
    const { sdk, receive } = await registered()
    const late = vi.fn<() => void>()
    void sdk.extension.onload().then(late)
    await Promise.resolve()
    expect(late).not.toHaveBeenCalled()
    receive({ type: '__REGISTER__', uniqueID: 'U1', data: {} })
    await vi.waitFor(() => expect(late).toHaveBeenCalled(), { timeout: 10_000 })
  })

  it('stays pending when the address has no serviceOrigin the browser would post to', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { sdk, receive, posted } = page('?x=1')
    const loaded = vi.fn<() => void>()
    void sdk.extension.onload().then(loaded)
    // A browser's postMessage throws for an empty target; so does this parent.
    posted.push = () => {
      throw new SyntaxError('Invalid target origin')
    }
    receive({ type: '__REGISTER__', uniqueID: 'U1', data: {} })
    expect(error.mock.calls[0]?.[0]).toBe('[SDK.MessageHandler] => ')
    expect(loaded).not.toHaveBeenCalled()
    error.mockRestore()
  })

  it('stays pending when the app is no object', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { sdk, receive } = page()
    const loaded = vi.fn<() => void>()
    void sdk.extension.onload().then(loaded)
    receive({ type: '__REGISTER__', uniqueID: 'U1', data: 'text' })
    await Promise.resolve()
    expect(loaded).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })

  it('throws for a message without data', () => {
    expect(() => page().receive(null)).toThrow(TypeError)
  })

  it('says goodbye on unload', async () => {
    const parts = await registered()
    parts.unload()
    expect(Object.keys(last(parts))).toEqual(['type', 'uniqueID', 'widgetOrigin'])
  })
})

describe('calls', () => {
  it('carry a promise id from 100 up and settle by it, once', async () => {
    const parts = await registered()
    const first = parts.sdk.get('ticket')
    expect(last(parts)).toMatchObject({
      type: '__EVENT__',
      eventName: 'DESK_EVENT',
      data: { type: 'GET_DATA', property: 'ticket', value: undefined },
      isPromise: true,
      promiseID: 'Promise100',
      uniqueID: 'U1',
      widgetID: 'U1',
    })
    const second = parts.sdk.get('user')
    expect(last(parts).promiseID).toBe('Promise101')
    parts.receive({ type: '__EVENT_RESPONSE__', promiseID: 'Promise100', isSuccess: true, data: 1 })
    parts.receive(JSON.stringify({ type: '__EVENT_RESPONSE__', promiseID: 'Promise101', isSuccess: false, data: 2 }))
    parts.receive({ type: '__EVENT_RESPONSE__', promiseID: 'Promise100', isSuccess: true, data: 3 })
    await expect(first).resolves.toBe(1)
    await expect(second).rejects.toBe(2)
  })

  it('send requests and modals without a type', async () => {
    const parts = await registered()
    void parts.sdk.request({ url: 'https://a.example' })
    expect(last(parts)).toMatchObject({ eventName: '__HTTP__', options: { url: 'https://a.example' } })
    expect(last(parts)).not.toHaveProperty('type')
    const options: Values = { url: '/x' }
    void parts.app.instance.modal(options)
    expect(last(parts)).toMatchObject({
      eventName: '__CREATE_INSTANCE__',
      options: { url: '/x', location: '__MODAL__' },
    })
    expect(options.location).toBe('__MODAL__')
    void parts.app.instance.getWidgets()
    expect(last(parts).eventName).toBe('__WIDGETS_INFO__')
  })

  it('read files first and drop what is no File', async () => {
    const parts = await registered()
    const fileObj = [
      { file: new File(['abc'], 'a.txt', { type: 'text/plain' }), key: 'one' },
      { file: new Blob(['x']), key: 'two' },
    ]
    void parts.sdk.request({ url: 'https://a.example', fileObj })
    await vi.waitFor(() => expect(last(parts).eventName).toBe('__HTTP__'), { timeout: 10_000 })
    const sent = last(parts).options as { fileObj: Values[] }
    expect(sent.fileObj).toMatchObject([{ fileName: 'a.txt', fileType: 'text/plain', key: 'one' }])
  })

  it('tell the page’s own size for RESIZE', async () => {
    const parts = await registered()
    void parts.sdk.invoke('RESIZE')
    expect(last(parts).data).toMatchObject({ type: 'RESIZE', property: { height: 400, width: 320 } })
  })
})

describe('events', () => {
  it('are bound with a count and reach every handler in order', async () => {
    const parts = await registered()
    const heard: unknown[] = []
    parts.app.instance.on('ticket_Shift', (data) => heard.push(['a', data]))
    parts.app.instance.on('ticket_Shift', (data) => heard.push(['b', data]))
    expect(last(parts)).toMatchObject({ type: '__EVENT_BIND__', eventName: 'ticket_Shift', count: 2 })
    parts.receive({ type: '__EVENT__', eventName: 'ticket_Shift', widgetID: 'U1', data: 1 })
    parts.receive({ type: '__EVENT__', eventName: 'ticket_Shift', widgetID: 'U2', data: 2 })
    expect(heard).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })

  it('of another widget are heard through its instance', async () => {
    const parts = await registered()
    const heard: unknown[] = []
    parts.app.instance.getWidgetInstance('M1').on('saved', (data) => heard.push(data))
    expect(last(parts)).toMatchObject({ type: '__EVENT_BIND__', uniqueID: 'U1', widgetID: 'M1' })
    parts.receive({ type: '__EVENT__', eventName: 'saved', widgetID: 'M1', data: 5 })
    expect(heard).toEqual([5])
    parts.app.instance.getWidgetInstance('M1').emit('close', 6)
    expect(last(parts)).toMatchObject({ type: '__EMIT__', eventName: 'close', widgetID: 'M1', data: 6 })
  })

  it('bound before registration wait for it, and are bound again by a second one', async () => {
    const parts = page()
    const loaded = parts.sdk.extension.onload()
    // Before registration a forged Load without a widgetID gets through: nothing is checked.
    parts.receive({ eventName: 'Load', data: {} })
    const { instance } = await loaded
    instance.on('later', () => undefined)
    expect(parts.posted).toEqual([])
    const types = () => parts.posted.map(({ message }) => message.type)
    parts.receive({ type: '__REGISTER__', uniqueID: 'U1', data: {} })
    expect(types()).toEqual(['__REGISTER__', '__EVENT_BIND__'])
    parts.receive({ type: '__REGISTER__', uniqueID: 'U1', data: {} })
    expect(types()).toEqual(['__REGISTER__', '__EVENT_BIND__', '__REGISTER__', '__EVENT_BIND__'])
  })

  it('as hooks answer with one entry per handler', async () => {
    const parts = await registered()
    parts.app.instance.on('ticket.reOpen', () => true)
    parts.app.instance.on('ticket.reOpen', () => Promise.reject(new Error('later')))
    parts.receive({ type: '__EVENT__', eventName: 'ticket.reOpen', widgetID: 'U1', isPromise: true, promiseID: 'H1' })
    await vi.waitFor(() => expect(last(parts).type).toBe('__EVENT_RESPONSE__'), { timeout: 10_000 })
    expect(last(parts)).toMatchObject({
      promiseID: 'H1',
      data: {
        response: [{ isSuccess: true, response: true }, { isSuccess: false }],
        widgetID: 'U1',
        sourceWidgetID: 'U1',
      },
    })
    parts.receive({ type: '__EVENT__', eventName: 'nobody', widgetID: 'U1', isPromise: true, promiseID: 'H2' })
    await vi.waitFor(() => expect(last(parts)).toMatchObject({ promiseID: 'H2', data: { response: [] } }), {
      timeout: 10_000,
    })
    parts.receive({ type: '__EVENT__', eventName: 'nobody', widgetID: 'U9', isPromise: true, promiseID: 'H3' })
    await vi.waitFor(
      () =>
        expect(last(parts)).toMatchObject({ promiseID: 'H3', data: { response: expect.any(TypeError) as unknown } }),
      { timeout: 10_000 },
    )
  })

  it('as hooks answer one error when a value cannot be cloned', async () => {
    const parts = await registered()
    parts.app.instance.on('ticket.reply', () => () => undefined)
    parts.receive({ type: '__EVENT__', eventName: 'ticket.reply', widgetID: 'U1', isPromise: true, promiseID: 'H1' })
    await vi.waitFor(
      () => expect(last(parts)).toMatchObject({ promiseID: 'H1', data: { response: { name: 'DataCloneError' } } }),
      { timeout: 10_000 },
    )
  })
})
