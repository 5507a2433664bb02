import type { ComponentChild } from 'preact'
import { render } from 'preact'
import type { Http } from './api/http.ts'
import { createHttp } from './api/http.ts'
import { ErrorPanel } from './features/pane/ErrorPanel.tsx'
import { Skeleton } from './features/pane/Skeleton.tsx'
import { connectDesk } from './host/desk-host.ts'
import type { Host, HostFailure, HostPerson } from './host/host.ts'
import type { Network } from './state/network.ts'
import { followNetwork } from './state/network.ts'
import { rootClasses } from './state/preferences.model.ts'
import { followPreferences } from './state/preferences.ts'
import { fromHost } from './state/session.model.ts'
import type { WordKey, Words } from './state/words.ts'
import { createWords } from './state/words.ts'

/** What Desk and the page gave: all that a page is wired from. */
type Opened = { host: Host; person: HostPerson; words: Words; http: Http; origin: string; network: Network }

const SILENCE_MS = 1_000

const { documentElement } = document
const darkScheme = matchMedia('(prefers-color-scheme: dark)')

export function draw(content: ComponentChild): void {
  render(content, document.querySelector('#app') ?? document.body)
}

function showFailure(words: Words, failure: HostFailure): void {
  draw(<ErrorPanel words={words} failure={fromHost(failure)} onRetry={() => location.reload()} />)
}

/** The system's own look, until Desk has said how it looks. Before that nothing is shown: it would flash in other colours. */
function lookLikeSystem(): void {
  if (documentElement.className !== '') return
  documentElement.classList.add(...rootClasses({ appearance: 'auto' }, darkScheme.matches))
}

/** How every page begins: a skeleton while Desk answers, then its language and look, who looks at it, and what it shows. */
export async function openPage(loading: WordKey, show: (opened: Opened) => void): Promise<void> {
  draw(<Skeleton label="" />)
  const waiting = setTimeout(lookLikeSystem, SILENCE_MS)
  const connected = await connectDesk(globalThis.kaiwaDesk)
  clearTimeout(waiting)
  if (!connected.ok) {
    lookLikeSystem()
    return showFailure(createWords(navigator.language.slice(0, 2), {}), connected.error)
  }
  const host = connected.value
  const words = createWords(host.app.locale, host.app.words)
  documentElement.lang = words.tag
  documentElement.dir = words.direction
  followPreferences(host, documentElement, darkScheme)
  draw(<Skeleton label={words.t(loading)} />)
  const person = await host.person()
  if (!person.ok) return showFailure(words, person.error)
  // The Worker's origin, written into the page when the package is made.
  const origin = document.querySelector<HTMLMetaElement>('meta[name="kaiwa-worker"]')?.content ?? ''
  show({
    host,
    person: person.value,
    words,
    http: createHttp(origin, (url, init) => fetch(url, init)),
    origin,
    network: followNetwork(window),
  })
}
