import { describe, expect, it, vi } from 'vitest'
import { FrameHub } from './frames.ts'
import type { Frame } from './frames.ts'
import { WidgetHost, hookAnswer } from './host.ts'
import type { HostServices, Values } from './host.ts'

function services(changes: Partial<HostServices> = {}): HostServices {
  const answer = (name: string) => async (property: unknown) => ({ status: 'success', [String(property)]: name })
  return {
    get: answer('got'),
    set: answer('set'),
    remove: answer('removed'),
    action: async (type) => ({ status: 'success', type }),
    notify: async () => ({ status: 'success' }),
    popup: async () => ({ status: 'success' }),
    log: async () => ({ status: 'success' }),
    http: async () => '{"statusCode":200,"response":""}',
    createInstance: async () => ({ widgetID: 'M1' }),
    widgets: () => [],
    emitted: () => undefined,
    ...changes,
  }
}

function widget(id = 'U1', changes: Partial<HostServices> = {}) {
  const posted: Values[] = []
  const host = new WidgetHost(id, (message) => posted.push(message), services(changes))
  const say = (message: Values): void => host.receive({ uniqueID: id, widgetID: id, ...message })
  const call = (data: Values, promiseID = 'Promise100'): void =>
    say({ type: '__EVENT__', eventName: 'DESK_EVENT', data, isPromise: true, promiseID })
  const register = (): void => say({ type: '__REGISTER__' })
  return { posted, host, say, call, register }
}

describe('calls of a widget', () => {
  it('are answered by their promise id', async () => {
    const { posted, call, register } = widget()
    register()
    call({ type: 'GET_DATA', property: 'ticket' })
    await vi.waitFor(
      () =>
        expect(posted).toEqual([
          {
            type: '__EVENT_RESPONSE__',
            promiseID: 'Promise100',
            isSuccess: true,
            data: { status: 'success', ticket: 'got' },
          },
        ]),
      { timeout: 10_000 },
    )
  })

  it.each([
    ['SET_DATA', { status: 'success', x: 'set' }],
    ['DELETE_DATA', { status: 'success', x: 'removed' }],
    ['ROUTE_TO', { status: 'success', type: 'ROUTE_TO' }],
    ['NOTIFY', { status: 'success' }],
    ['POPUP', { status: 'success' }],
    ['LOG', { status: 'success' }],
  ])('%s reaches its service', async (type, data) => {
    const { posted, call, register } = widget()
    register()
    call({ type, property: 'x' })
    await vi.waitFor(() => expect(posted[0]).toMatchObject({ isSuccess: true, data }), { timeout: 10_000 })
  })

  it.each([
    ['__HTTP__', '{"statusCode":200,"response":""}'],
    ['__CREATE_INSTANCE__', { widgetID: 'M1' }],
    ['__WIDGETS_INFO__', []],
  ])('%s comes without a type', async (eventName, data) => {
    const { posted, say, register } = widget()
    register()
    say({ eventName, options: {}, isPromise: true, promiseID: 'Promise7' })
    await vi.waitFor(() => expect(posted[0]).toMatchObject({ promiseID: 'Promise7', isSuccess: true, data }), {
      timeout: 10_000,
    })
  })

  it('are rejected with a reason', async () => {
    const { posted, call, register } = widget('U1', { get: () => Promise.reject(new Error('not here')) })
    register()
    call({ type: 'GET_DATA', property: 'x' })
    await vi.waitFor(
      () => expect(posted[0]).toMatchObject({ isSuccess: false, data: { status: 'failure', message: 'not here' } }),
      { timeout: 10_000 },
    )
  })

  it('are not heard before registration, with a foreign key, or after the goodbye', () => {
    const get = vi.fn<HostServices['get']>(() => Promise.resolve({}))
    const { say, call, register } = widget('U1', { get })
    call({ type: 'GET_DATA', property: 'x' })
    register()
    say({ uniqueID: 'U2', type: '__EVENT__', eventName: 'DESK_EVENT', data: { type: 'GET_DATA' }, isPromise: true })
    say({ type: '__DEREGISTER__' })
    call({ type: 'GET_DATA', property: 'x' })
    expect(get).not.toHaveBeenCalled()
  })

  it.each([null, 'text', 5, [], {}, { type: '__EVENT__' }])('ignores %o', (message) => {
    const { host, posted } = widget()
    host.receive(message)
    expect(posted).toEqual([])
  })
})

describe('events', () => {
  it('go only to widgets that bound to them', () => {
    const { host, posted, say } = widget()
    host.emit('ticket_Shift', {})
    say({ type: '__EVENT_BIND__', eventName: 'ticket_Shift', count: 1 })
    host.emit('ticket_Shift', { ticketId: '1' })
    expect(posted).toEqual([{ type: '__EVENT__', eventName: 'ticket_Shift', widgetID: 'U1', data: { ticketId: '1' } }])
  })

  it('pass between widgets: to those who listen, or to the one spoken to', () => {
    const hub = new FrameHub()
    const opener = widget('U1')
    const modal = widget('M1', { emitted: (name, id, data) => hub.pass(modal.host, name, id, data) })
    hub.add({ source: () => 1, origin: 'o', host: opener.host })
    hub.add({ source: () => 2, origin: 'o', host: modal.host })
    modal.say({ type: '__EMIT__', eventName: 'saved', data: 1 })
    expect(opener.posted).toEqual([])
    opener.say({ type: '__EVENT_BIND__', eventName: 'saved', widgetID: 'M1', count: 1 })
    modal.say({ type: '__EMIT__', eventName: 'saved', data: 2 })
    expect(opener.posted).toEqual([{ type: '__EVENT__', eventName: 'saved', widgetID: 'M1', data: 2 }])
    modal.say({ type: '__EMIT__', eventName: 'told', widgetID: 'U1', data: 3 })
    expect(opener.posted.at(-1)).toEqual({ type: '__EVENT__', eventName: 'told', widgetID: 'U1', data: 3 })
  })
})

describe('hooks', () => {
  it('let an action go on where no widget bound to it', async () => {
    await expect(widget().host.hook('ticket.close', {})).resolves.toEqual({ isAllowed: true })
  })

  it('stop it with the widget’s reason', async () => {
    const { host, posted, say } = widget()
    say({ type: '__EVENT_BIND__', eventName: 'ticket.close', count: 1 })
    const answer = host.hook('ticket.close', {})
    const { promiseID } = posted[0] ?? {}
    const data = { response: [{ isSuccess: false, response: 'Not yet' }] }
    say({ type: '__EVENT_RESPONSE__', eventName: 'ticket.close', promiseID, data })
    await expect(answer).resolves.toEqual({ isAllowed: false, reason: 'Not yet' })
  })

  it('let it go on after the time for an answer', async () => {
    const { host, say } = widget()
    say({ type: '__EVENT_BIND__', eventName: 'ticket.close', count: 1 })
    await expect(host.hook('ticket.close', {}, 1)).resolves.toEqual({ isAllowed: true })
  })

  it.each([
    [[], true],
    [[{ isSuccess: true, response: true }], true],
    [[{ isSuccess: true, response: undefined }], true],
    [[{ isSuccess: true, response: false }], false],
    [
      [
        { isSuccess: true, response: true },
        { isSuccess: false, response: 'x' },
      ],
      false,
    ],
    [new TypeError('no widget'), true],
  ])('read %o', (answers, isAllowed) => {
    expect(hookAnswer(answers).isAllowed).toBe(isAllowed)
  })
})

describe('who is heard', () => {
  it('is the frame’s own window from its own origin', () => {
    const hub = new FrameHub()
    const window = {}
    const { host, register } = widget()
    const frame: Frame = { source: () => window, origin: 'http://127.0.0.1:4304', host }
    hub.add(frame)
    const data = { type: '__REGISTER__', uniqueID: 'U1' }
    hub.receive({ source: {}, origin: 'http://127.0.0.1:4304', data })
    hub.receive({ source: window, origin: 'http://evil.example', data })
    expect(host.isRegistered).toBe(false)
    hub.receive({ source: window, origin: 'http://127.0.0.1:4304', data })
    expect(host.isRegistered).toBe(true)
    hub.remove(frame)
    expect(host.isRegistered).toBe(false)
    register()
  })
})
