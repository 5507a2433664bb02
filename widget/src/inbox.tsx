import { render } from 'preact'
import { createHttp } from './api/http.ts'
import { InboxShell } from './features/inbox/InboxShell.tsx'
import { ErrorPanel } from './features/pane/ErrorPanel.tsx'
import { Skeleton } from './features/pane/Skeleton.tsx'
import { connectDesk } from './host/desk-host.ts'
import type { Host, HostFailure } from './host/host.ts'
import { createInboxPage, InboxProvider } from './state/inbox-page.ts'
import { followNetwork } from './state/network.ts'
import { PaneProvider } from './state/pane.ts'
import { rootClasses } from './state/preferences.model.ts'
import { followPreferences } from './state/preferences.ts'
import { fromHost } from './state/session.model.ts'
import { openCupboard } from './state/storage.ts'
import type { Words } from './state/words.ts'
import { createWords } from './state/words.ts'
import './styles/index.ts'
import './styles/inbox.ts'

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
  const person = await host.person()
  if (!person.ok) return showFailure(words, person.error)
  const origin = workerOrigin()
  const page = createInboxPage({
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
    <InboxProvider value={page}>
      <PaneProvider value={page.pane}>
        <InboxShell />
      </PaneProvider>
    </InboxProvider>,
    root,
  )
  await page.start()
}

const SILENCE_MS = 1_000

/** The system's own look, until Desk has said how it looks. */
function lookLikeSystem(): void {
  const { documentElement } = document
  if (documentElement.className !== '') return
  documentElement.classList.add(
    ...rootClasses({ appearance: 'auto' }, matchMedia('(prefers-color-scheme: dark)').matches),
  )
}

async function start(): Promise<void> {
  const words = createWords(navigator.language.slice(0, 2), {})
  render(<Skeleton label="" />, root)
  const waiting = setTimeout(lookLikeSystem, SILENCE_MS)
  const host = await connectDesk(globalThis.kaiwaDesk)
  clearTimeout(waiting)
  if (host.ok) return show(host.value)
  lookLikeSystem()
  showFailure(words, host.error)
}

void start()
