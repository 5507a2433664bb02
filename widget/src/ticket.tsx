import { render } from 'preact'
import { createHttp } from './api/http.ts'
import { ErrorPanel } from './features/pane/ErrorPanel.tsx'
import { Skeleton } from './features/pane/Skeleton.tsx'
import { TicketPane } from './features/pane/TicketPane.tsx'
import { connectDesk } from './host/desk-host.ts'
import type { Host, HostFailure } from './host/host.ts'
import { createPane } from './state/create-pane.ts'
import { followNetwork } from './state/network.ts'
import { PaneProvider } from './state/pane.ts'
import { followPreferences } from './state/preferences.ts'
import { fromHost } from './state/session.model.ts'
import { openCupboard } from './state/storage.ts'
import type { Words } from './state/words.ts'
import { createWords } from './state/words.ts'
import './styles/index.ts'

const root = document.querySelector('#app') ?? document.body

/** The Worker's origin, written into the page when the package is made. */
function workerOrigin(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="kaiwa-worker"]')?.content ?? ''
}

function showFailure(words: Words, failure: HostFailure): void {
  render(<ErrorPanel words={words} failure={fromHost(failure)} onRetry={() => location.reload()} />, root)
}

async function show(host: Host): Promise<void> {
  const words = createWords(host.app.locale, host.app.words)
  document.documentElement.lang = words.tag
  document.documentElement.dir = words.direction
  followPreferences(host, document.documentElement, matchMedia('(prefers-color-scheme: dark)'))
  render(<Skeleton label={words.t('thread.loading')} />, root)
  const person = await host.person()
  if (!person.ok) return showFailure(words, person.error)
  const origin = workerOrigin()
  const pane = createPane({
    host,
    person: person.value,
    words,
    http: createHttp(origin, (url, init) => fetch(url, init)),
    origin,
    openSocket: (url) => new WebSocket(url),
    cupboard: openCupboard(() => localStorage),
    network: followNetwork(window),
  })
  render(
    <PaneProvider value={pane}>
      <TicketPane />
    </PaneProvider>,
    root,
  )
  await pane.reload()
}

async function start(): Promise<void> {
  const words = createWords(navigator.language.slice(0, 2), {})
  render(<Skeleton label="" />, root)
  const host = await connectDesk(globalThis.kaiwaDesk)
  if (host.ok) await show(host.value)
  else showFailure(words, host.error)
}

void start()
