import { byId, h } from '../../phone/client/dom.ts'
import { cancelEvent } from '../events.ts'
import type { SignupEvent } from '../events.ts'
import type { DialogView } from '../view-types.ts'
import { stepForm } from './steps.ts'

const main = byId('dialog', HTMLElement)
const { session = '', origin = '', state = '' } = main.dataset
let view: DialogView | undefined
let isOver = false

/** Meta posts its event as a JSON string; only the page that opened the dialog can read it. */
function postEvent(event: SignupEvent | undefined | null): void {
  if (event !== undefined && event !== null) post(JSON.stringify({ ...event, version: '3' }))
}

/** What `FB.login` waits for; the stand-in for the script reads it, nobody else. */
function postLogin(code: string | null): void {
  post({ source: 'sandbox-facebook', state, code })
}

function post(message: unknown): void {
  const opener: unknown = window.opener
  if (origin !== '' && isWindow(opener)) opener.postMessage(message, origin)
}

/** Of a window of another origin nothing else can be seen. */
function isWindow(value: unknown): value is Pick<Window, 'postMessage'> {
  return typeof value === 'object' && value !== null && 'postMessage' in value
}

function leave(report?: string): void {
  if (isOver || view === undefined) return
  isOver = true
  const problem = {
    message: report ?? '',
    errorId: `${Math.round(Math.random() * 1e9)}`,
    sessionId: session,
    at: Date.now(),
  }
  postEvent(cancelEvent(view.step, report === undefined ? undefined : problem))
  postLogin(null)
}

function finish(outcome: NonNullable<DialogView['outcome']>): void {
  if (isOver) return
  isOver = true
  if (outcome.isCodeFirst) postLogin(outcome.code)
  postEvent(outcome.event)
  if (!outcome.isCodeFirst) postLogin(outcome.code)
  // Nobody waits for a hosted page: it stays for the person to read.
  if (view?.isHosted !== true) window.close()
}

async function act(action: object): Promise<void> {
  show(await ask('POST', action))
}

async function ask(method: 'GET' | 'POST', action?: object): Promise<DialogView> {
  const response = await fetch(`/dialog/api/${session}`, {
    method,
    ...(action === undefined ? {} : { body: JSON.stringify(action), headers: { 'content-type': 'application/json' } }),
  })
  const answer: unknown = await response.json()
  if (!isView(answer)) throw new Error('The dialog has ended. Close this window and start again.')
  return answer
}

/** The page and its server come from the same process; one look is enough. */
function isView(value: unknown): value is DialogView {
  return typeof value === 'object' && value !== null && 'step' in value
}

function show(next: DialogView): void {
  view = next
  if (next.outcome !== null) finish(next.outcome)
  const form = stepForm(next, {
    act: (action) => void act(action).catch(showFailure),
    cancel: () => {
      leave()
      window.close()
    },
    report: (message) => {
      leave(message)
      window.close()
    },
    close: () => window.close(),
  })
  main.replaceChildren(form)
  main.querySelector('h1')?.focus()
}

function showFailure(error: unknown): void {
  main.replaceChildren(h('p', { class: 'problem' }, error instanceof Error ? error.message : String(error)))
}

window.addEventListener('pagehide', () => leave())
void ask('GET').then(show, showFailure)
