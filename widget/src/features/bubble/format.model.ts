/** WhatsApp's formatting as a tree. Only text ever comes out of it: a component turns the tree into elements. */
export type FormatNode =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: FormatNode[] }
  | { kind: 'code' | 'mono'; text: string }
  | { kind: 'link'; href: string; text: string }

type Mark = '*' | '_' | '~'
const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const
const FENCE = '```'
const WORD = /[\p{L}\p{N}]/u
const LINK = /(?:https?:\/\/|www\.)[^\s<>"'`]+/iuy
const LINK_TAIL = /[.,;:!?*_~'"]+$/u

const isMark = (char: string | undefined): char is Mark => char === '*' || char === '_' || char === '~'
const isWord = (char: string | undefined): boolean => char !== undefined && WORD.test(char)
const isBlank = (char: string | undefined): boolean => char === undefined || /\s/u.test(char)

/** A closing bracket belongs to a link only when its opening one does. */
function trimLink(found: string): string {
  let link = found.replace(LINK_TAIL, '')
  while (link.endsWith(')') && link.split('(').length < link.split(')').length) {
    link = link.slice(0, -1).replace(LINK_TAIL, '')
  }
  return link
}

function linkAt(text: string, at: number): { href: string; text: string } | undefined {
  LINK.lastIndex = at
  const found = LINK.exec(text)?.[0]
  if (found === undefined) return undefined
  const shown = trimLink(found)
  const href = /^www\./i.test(shown) ? `https://${shown}` : shown
  return URL.canParse(href) && /[^./:]/.test(shown.replace(/^(https?:\/\/|www\.)/i, ''))
    ? { href, text: shown }
    : undefined
}

type Inline = { text: string; active: ReadonlySet<Mark>; nodes: FormatNode[]; plain: number }

function flush(run: Inline, until: number): void {
  if (until > run.plain) run.nodes.push({ kind: 'text', text: run.text.slice(run.plain, until) })
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at
}

/** Where a mark opened at `from` closes on its line: after a letter, before no letter. -1 where it does not. */
function closingAt(text: string, mark: Mark, from: number): number {
  const end = lineEnd(text, from)
  for (let at = text.indexOf(mark, from + 2); at !== -1 && at < end; at = text.indexOf(mark, at + 1)) {
    if (!isBlank(text[at - 1]) && !isWord(text[at + 1])) return at
  }
  return -1
}

const opensAt = (text: string, at: number): boolean =>
  !isWord(text[at - 1]) && !isBlank(text[at + 1]) && text[at + 1] !== text[at]

function inline(text: string, active: ReadonlySet<Mark>): FormatNode[] {
  const run: Inline = { text, active, nodes: [], plain: 0 }
  // A mark that found no end on its line finds none from further right: remembered, so that long lines stay cheap.
  const hopeless: Partial<Record<Mark | '`', number>> = {}

  function take(from: number, to: number, node: FormatNode): number {
    flush(run, from)
    run.nodes.push(node)
    run.plain = to
    return to
  }

  function step(at: number): number {
    const char = text[at]
    if ((char === 'h' || char === 'H' || char === 'w' || char === 'W') && !isWord(text[at - 1])) {
      const link = linkAt(text, at)
      if (link !== undefined) return take(at, at + link.text.length, { kind: 'link', ...link })
    }
    if (char === '`' && (hopeless['`'] ?? 0) <= at) {
      const close = text.indexOf('`', at + 1)
      const end = lineEnd(text, at)
      if (close > at + 1 && close < end) return take(at, close + 1, { kind: 'mono', text: text.slice(at + 1, close) })
      if (close === -1 || close >= end) hopeless['`'] = end
    }
    if (isMark(char) && !active.has(char) && (hopeless[char] ?? 0) <= at && opensAt(text, at)) {
      const close = closingAt(text, char, at)
      if (close === -1) hopeless[char] = lineEnd(text, at)
      else {
        const children = inline(text.slice(at + 1, close), new Set([...active, char]))
        return take(at, close + 1, { kind: MARKS[char], children })
      }
    }
    return at + 1
  }

  for (let at = 0; at < text.length;) at = step(at)
  flush(run, text.length)
  return run.nodes
}

/** Reads *bold*, _italic_, ~strike~, `mono`, ```code``` and links. Linear in the length for any input. */
export function parseFormat(source: string): FormatNode[] {
  const text = source.toWellFormed()
  const nodes: FormatNode[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf(FENCE, at)
    const close = open === -1 ? -1 : text.indexOf(FENCE, open + FENCE.length)
    const code = close === -1 ? '' : text.slice(open + FENCE.length, close)
    if (code.trim() === '') {
      nodes.push(...inline(text.slice(at), new Set()))
      break
    }
    if (open > at) nodes.push(...inline(text.slice(at, open), new Set()))
    nodes.push({ kind: 'code', text: code.replace(/^\n|\n$/g, '') })
    at = close + FENCE.length
  }
  return nodes
}

const ONLY_EMOJI = /^(?:\p{RGI_Emoji}\s?){1,3}$/v
const INVISIBLE = /[\s\p{Cf}\p{Zs}\u115F\u1160\u3164\uFFA0\u2800]/gu

/** One to three emoji and nothing else are shown large, as in WhatsApp. */
export const isOnlyEmoji = (text: string): boolean => text.length <= 40 && ONLY_EMOJI.test(text.trim())

/** Zero-width characters and blanks only: such a bubble would look empty, so it says what it is. */
export const isInvisible = (text: string): boolean => text.replace(INVISIBLE, '') === ''
