/** Cleaned HTML as data: the page builds elements of it and never parses HTML itself. */
export type HtmlNode = string | { tag: string; href?: string; children: HtmlNode[] }

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0' }
const VOID_TAGS = new Set(['br', 'hr'])

/** Reads what `sanitizeHtml` gave. A tag that is closed without being open is left out. */
export function htmlTree(html: string): HtmlNode[] {
  const root: HtmlNode[] = []
  const open: { tag: string; children: HtmlNode[] }[] = [{ tag: '', children: root }]
  let position = 0
  for (const match of html.matchAll(/<(\/?)([a-z0-9]+)(?: href="([^"]*)")?>/g)) {
    addText(open, html.slice(position, match.index))
    position = match.index + match[0].length
    const [, slash, tag = '', href] = match
    if (slash === '/') close(open, tag)
    else addElement(open, tag, href)
  }
  addText(open, html.slice(position))
  return root
}

function addText(open: { children: HtmlNode[] }[], text: string): void {
  if (text !== '') open.at(-1)?.children.push(decodeEntities(text))
}

function addElement(open: { tag: string; children: HtmlNode[] }[], tag: string, href: string | undefined): void {
  const element = { tag, children: [], ...(href === undefined ? {} : { href: decodeEntities(href) }) }
  open.at(-1)?.children.push(element)
  if (!VOID_TAGS.has(tag)) open.push(element)
}

function close(open: { tag: string }[], tag: string): void {
  const position = open.findLastIndex((element) => element.tag === tag)
  if (position > 0) open.length = position
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
  })
}
