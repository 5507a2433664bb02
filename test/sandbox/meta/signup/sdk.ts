/**
 * A stand-in for Facebook's script: `FB.init` and `FB.login` as Embedded Signup uses them, with the original's quirks:
 * - it calls `fbAsyncInit` when it is there, and `FB.login` before `FB.init` only writes to the console;
 * - `FB.login` takes no async function;
 * - a window that is closed or blocked calls back without an `authResponse`.
 * It is served as a classic script, so it imports nothing.
 */
;(() => {
  type Settings = { appId: string; version: string }
  type LoginOptions = {
    config_id?: string
    response_type?: string
    override_default_response_type?: boolean
    extras?: unknown
    scope?: string
  }
  type LoginAnswer = { status: 'connected' | 'unknown'; authResponse: { code: string } | null }

  const CLOSED_CHECK_MS = 300
  const source = document.currentScript
  const facebook = source instanceof HTMLScriptElement ? new URL(source.src).origin : ''
  let settings: Settings | undefined

  function init(given: Partial<Settings> | undefined): void {
    if (typeof given?.version !== 'string' || !/^v\d+\.0$/.test(given.version))
      throw new Error('init not called with valid version')
    settings = { appId: given.appId ?? '', version: given.version }
  }

  function login(callback: unknown, options: LoginOptions = {}): void {
    if (settings === undefined) return complain('FB.login() called before FB.init().')
    if (typeof callback !== 'function') throw new Error(`Expression is of type ${typeof callback}, not function`)
    if (callback.constructor.name === 'AsyncFunction')
      throw new Error('Expression is of type asyncfunction, not function')
    const state = crypto.randomUUID()
    const popup = window.open(dialogAddress(settings, options, state), 'facebook', 'width=680,height=760')
    const answer = (given: LoginAnswer): void => {
      window.removeEventListener('message', listen)
      clearInterval(timer)
      Reflect.apply(callback, undefined, [given])
    }
    const listen = ({ origin, source: sender, data }: MessageEvent<unknown>): void => {
      if (origin !== facebook || sender !== popup || !isOurs(data) || data.state !== state) return
      answer(
        data.code === null
          ? { status: 'unknown', authResponse: null }
          : { status: 'connected', authResponse: { code: data.code } },
      )
    }
    const timer = setInterval(() => {
      if (popup?.closed !== false) answer({ status: 'unknown', authResponse: null })
    }, CLOSED_CHECK_MS)
    window.addEventListener('message', listen)
  }

  function dialogAddress({ appId, version }: Settings, options: LoginOptions, state: string): string {
    const url = new URL(`/${version}/dialog/oauth`, facebook)
    const { override_default_response_type: isOverridden, extras, ...rest } = options
    url.search = new URLSearchParams({
      client_id: appId,
      display: 'popup',
      origin: location.origin,
      state,
      ...(isOverridden === undefined ? {} : { override_default_response_type: String(isOverridden) }),
      ...(extras === undefined ? {} : { extras: JSON.stringify(extras) }),
      ...rest,
    }).toString()
    return url.toString()
  }

  function isOurs(data: unknown): data is { source: string; state: string; code: string | null } {
    return typeof data === 'object' && data !== null && 'source' in data && data.source === 'sandbox-facebook'
  }

  function complain(text: string): void {
    globalThis.console.error(text)
  }

  Object.assign(globalThis, { FB: { init, login } })
  const begin: unknown = Reflect.get(globalThis, 'fbAsyncInit')
  if (typeof begin === 'function') Reflect.apply(begin, undefined, [])
})()
