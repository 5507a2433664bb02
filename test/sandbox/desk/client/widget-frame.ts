import { h } from './dom.ts'
import type { Frame, FrameHub } from './frames.ts'
import { WidgetHost } from './host.ts'
import type { HostServices, Values } from './host.ts'

export type WidgetFrame = { element: HTMLIFrameElement; host: WidgetHost; remove: () => void }

/**
 * What a widget's frame may do. No `allow=`: microphone, camera and clipboard are blocked, as in Desk. That its windows may
 * leave the sandbox is unconfirmed; without it no sign-in page of another site would work in one.
 */
const SANDBOX = 'allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads'

/**
 * An iframe for a widget, on its own origin, with the host's origin in its address. It is registered after each load.
 * With storage blocked the frame has an opaque origin: then messages carry the origin `null`, and
 * `*` is the only target that reaches it; the check of the sending window still holds.
 */
export function openWidgetFrame(options: {
  hub: FrameHub
  url: string
  title: string
  isStorageBlocked: boolean
  services: (host: () => WidgetHost) => HostServices
  app: () => Promise<Values>
  onRegistered?: () => void
}): WidgetFrame {
  const { hub, url, title, isStorageBlocked } = options
  const origin = isStorageBlocked ? 'null' : new URL(url).origin
  const element = h('iframe', {
    title,
    'data-testid': 'widget-frame',
    sandbox: isStorageBlocked ? SANDBOX : `${SANDBOX} allow-same-origin`,
  })
  const post = (message: Values): void => {
    element.contentWindow?.postMessage(message, isStorageBlocked ? '*' : origin)
  }
  const makeHost = (): WidgetHost =>
    new WidgetHost(
      crypto.randomUUID(),
      post,
      options.services(() => frame.host),
    )
  const frame: Frame = { source: () => element.contentWindow, origin, host: makeHost() }
  const register = async (host: WidgetHost): Promise<void> => {
    host.register({ ...(await options.app()), uniqueID: host.uniqueID })
    options.onRegistered?.()
  }
  hub.add(frame)
  let loadCount = 0
  element.addEventListener('load', () => {
    loadCount += 1
    // A page that loads again knows nothing of the first registration: it gets a new key.
    if (loadCount > 1) {
      frame.host.deregister()
      frame.host = makeHost()
    }
    void register(frame.host)
  })
  element.src = withServiceOrigin(url)
  return {
    element,
    get host() {
      return frame.host
    },
    remove: () => {
      hub.remove(frame)
      element.remove()
    },
  }
}

export function withServiceOrigin(url: string): string {
  const separator = url.includes('?') ? '&' : '?'
  return `${url}${separator}serviceOrigin=${encodeURIComponent(location.origin)}`
}
