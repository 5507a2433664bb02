import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { FacebookAttempt } from '../../../../contract/index.ts'
import type { ApiFailure } from '../../api/http.ts'
import { settingsShape } from '../../api/settings-shapes.ts'
import type { Settings } from './settings.ts'
import type { OpenedWindow } from './windows.ts'

/**
 * `ready`: the window could not be opened by itself, a link to it is shown. `open`: the person is in Meta's dialog. `working`: Meta has
 * answered and the Worker reads the account.
 */
export type FacebookState = 'idle' | 'opening' | 'ready' | 'open' | 'working' | 'done' | 'cancelled' | 'failed'

export type FacebookView = {
  state: FacebookState
  /** Where the window leads, while it can still be opened. */
  url: string | null
  attempt: FacebookAttempt | null
  /** Why no window could be had. */
  refusal: ApiFailure | null
}

export type Facebook = {
  readonly view: ReadonlySignal<FacebookView>
  /** Asks for a window and opens it; must be called in the person's click. */
  start(coexistence: boolean): Promise<void>
  /** The link beside a blocked window was followed. */
  followed(): void
  /** Back to the beginning, such as when the window was closed. */
  reset(): void
  stop(): void
}

const IDLE: FacebookView = { state: 'idle', url: null, attempt: null, refusal: null }
const POLL_MS = 2_000
/** Whoever cancelled may try again in the same window, for so many more looks. */
const LOOKS_AFTER = 60

const readWindow = settingsShape('facebookWindow')
const readAttempt = settingsShape('facebookAttempt')
const readMessage = settingsShape('facebookMessage')

export type FacebookDeps = Pick<Settings, 'proof' | 'windows' | 'change' | 'read' | 'reload' | 'words'> & {
  /** The account is connected and read. */
  onDone: (attempt: FacebookAttempt) => void
}

/**
 * One try to connect Facebook. What happens in the window is learnt by asking the Worker, every two seconds and at once when the window
 * says so: pages of other sites may cut the window off from the page that opened it.
 */
export function createFacebook(deps: FacebookDeps): Facebook {
  const { proof, windows, change, read, reload, words, onDone } = deps
  const view = signal<FacebookView>(IDLE)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  /** The try whose end was told: the window's word and our own looks learn of it both. */
  let told = ''

  async function look(attemptId: string, mine: number, left = LOOKS_AFTER): Promise<void> {
    clearTimeout(timer)
    if (told === attemptId) return
    const answer = await read(readAttempt, `/api/setup/facebook/${attemptId}`)
    if (mine !== turn) return
    let isOver = false
    if (answer.ok) {
      const attempt = answer.value
      const isLinkShown = attempt.state === 'open' && view.peek().state === 'ready'
      view.value = { ...view.peek(), state: isLinkShown ? 'ready' : attempt.state, attempt }
      if (attempt.state === 'done') {
        await reload()
        if (mine !== turn || told === attemptId) return
        told = attemptId
        onDone(attempt)
        return
      }
      isOver = attempt.state === 'cancelled' || attempt.state === 'failed'
    }
    const next = isOver ? left - 1 : LOOKS_AFTER
    if (next > 0) timer = setTimeout(() => void look(attemptId, mine, next), POLL_MS)
  }

  async function start(coexistence: boolean): Promise<void> {
    clearTimeout(timer)
    const mine = ++turn
    // Only in the click itself a window may open, so it opens empty and gets its address afterwards. Whoever must sign in first
    // gets a link instead.
    const opened: OpenedWindow | null = proof.token() === undefined ? null : windows.open()
    view.value = { ...IDLE, state: 'opening' }
    const answer = await change(readWindow, 'POST', '/api/setup/facebook', { coexistence })
    if (mine !== turn) return opened?.close()
    if (!answer.ok) {
      opened?.close()
      view.value = { ...IDLE, state: 'failed', refusal: answer.error }
      return
    }
    const { attemptId } = answer.value
    const url = `${answer.value.url}&locale=${words.tag}`
    opened?.go(url)
    view.value = { ...IDLE, state: opened === null ? 'ready' : 'open', url, attempt: null }
    await look(attemptId, mine)
  }

  windows.listen((data) => {
    const message = readMessage(data)
    if (message !== undefined) void look(message.attemptId, turn)
  })

  function reset(): void {
    clearTimeout(timer)
    turn++
    view.value = IDLE
  }

  return {
    view,
    start,
    followed() {
      view.value = { ...view.peek(), state: 'open' }
    },
    reset,
    stop: reset,
  }
}
