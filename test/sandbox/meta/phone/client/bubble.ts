import type { BubbleView, ChoiceView } from '../view-types.ts'
import { action, h } from './dom.ts'

export type BubbleActions = {
  open: (bubble: BubbleView) => void
  choose: (bubble: BubbleView, choice: ChoiceView) => void
  played: (bubble: BubbleView) => void
}

/** Ticks of the customer's own messages: the business received or read them. */
const TICKS: Record<string, [sign: string, word: string]> = {
  received: ['✓✓', 'delivered'],
  read: ['✓✓', 'read'],
}

/** One message as the customer sees it. Everything from outside is text. */
export function bubbleElement(bubble: BubbleView, actions: BubbleActions): HTMLElement {
  if (bubble.isSystem) return h('p', { class: 'system', 'data-testid': 'phone-system' }, bubble.text)
  const isMine = bubble.direction === 'in'
  const element = h(
    'article',
    {
      class: `bubble ${isMine ? 'mine' : 'theirs'}`,
      'data-testid': 'phone-bubble',
      'data-wamid': bubble.id,
      'data-direction': bubble.direction,
      'data-type': bubble.type,
      'data-status': bubble.status,
    },
    bubble.quote === undefined
      ? undefined
      : h('blockquote', { class: 'quote', 'data-testid': 'phone-quote' }, bubble.quote.text),
    bubble.header === undefined ? undefined : h('strong', { class: 'header' }, bubble.header),
    bubble.isRevoked ? undefined : media(bubble, actions),
    textLine(bubble),
    ...bubble.lines.map((line) => h('p', { class: 'line' }, line)),
    link(bubble),
    bubble.footer === undefined ? undefined : h('p', { class: 'footer' }, bubble.footer),
    bubble.failure === undefined
      ? undefined
      : h('p', { class: 'failure', 'data-testid': 'phone-failure' }, `Never arrived here: ${bubble.failure}`),
    foot(bubble, isMine),
    bubble.reactions.length === 0
      ? undefined
      : h('span', { class: 'reactions', 'data-testid': 'phone-reactions' }, bubble.reactions.join(' ')),
    action('⋮', { class: 'more', 'data-testid': 'phone-more', 'aria-label': 'What to do with this message' }, () =>
      actions.open(bubble),
    ),
  )
  const choices = bubble.choices.filter(({ kind }) => kind !== 'none')
  if (choices.length === 0) return element
  const buttons = choices.map((choice) =>
    action(choice.title, { class: 'choice', 'data-testid': 'phone-choice', title: choice.description }, () =>
      actions.choose(bubble, choice),
    ),
  )
  return h('div', { class: 'with-choices' }, element, h('div', { class: 'choices' }, ...buttons))
}

/** The name of a file is on its link already. */
function textLine({ isRevoked, media: file, text }: BubbleView): HTMLElement | undefined {
  if (!isRevoked && file?.kind === 'document' && file.filename === text) return undefined
  return h('p', { class: isRevoked ? 'text gone' : 'text', 'data-testid': 'phone-text' }, text)
}

function foot(bubble: BubbleView, isMine: boolean): HTMLElement {
  const time = new Date(bubble.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  const [sign, word] = TICKS[bubble.status] ?? ['', '']
  return h(
    'p',
    { class: 'foot' },
    bubble.isEdited ? 'edited · ' : undefined,
    h('time', { datetime: new Date(bubble.at).toISOString() }, time),
    isMine && sign !== ''
      ? h('span', { class: `ticks ${word}`, 'data-testid': 'phone-ticks', role: 'img', 'aria-label': word }, ` ${sign}`)
      : undefined,
  )
}

function link({ link: target }: BubbleView): HTMLElement | undefined {
  if (target === undefined) return undefined
  return h('a', { href: target.url, target: '_blank', rel: 'noopener noreferrer' }, target.label)
}

function media(bubble: BubbleView, actions: BubbleActions): HTMLElement | undefined {
  const { media: file } = bubble
  if (file === undefined) return undefined
  if (file.kind === 'image' || file.kind === 'sticker') {
    return h('img', { src: file.url, alt: bubble.text, class: file.kind, loading: 'lazy' })
  }
  if (file.kind === 'audio') {
    const player = h('audio', { src: file.url, controls: true, preload: 'metadata' })
    if (bubble.direction === 'out') player.addEventListener('play', () => actions.played(bubble), { once: true })
    return player
  }
  if (file.kind === 'video') return h('video', { src: file.url, controls: true, preload: 'metadata' })
  return h('a', { class: 'file', href: file.url, download: file.filename }, `📄 ${file.filename}`)
}
