/** Text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const KEPT_TAGS = new Set(
  'a b blockquote br code div em h1 h2 h3 h4 hr i li ol p pre s span strong sub sup table tbody td th thead tr u ul'.split(
    ' ',
  ),
)
const DROPPED_WITH_CONTENT = /<(script|style|iframe|object|embed|template|noscript|svg|math)\b[\s\S]*?(<\/\1\s*>|$)/gi
const SAFE_LINK = /^(https?:|mailto:|tel:)/i

/**
 * What Desk keeps of HTML that comes in through its API: plain markup. Scripts, styles, frames, handlers and other
 * attributes but a safe `href` are dropped, stray angle brackets become text.
 */
export function sanitizeHtml(html: string): string {
  const withoutBlocks = html.replace(DROPPED_WITH_CONTENT, '').replace(/<!--[\s\S]*?(-->|$)/g, '')
  let kept = ''
  let position = 0
  for (const match of withoutBlocks.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi)) {
    kept += strayBrackets(withoutBlocks.slice(position, match.index)) + keptTag(match)
    position = match.index + match[0].length
  }
  return kept + strayBrackets(withoutBlocks.slice(position))
}

function keptTag(match: RegExpExecArray): string {
  const [, slash = '', name = '', attributes = ''] = match
  const tag = name.toLowerCase()
  if (!KEPT_TAGS.has(tag)) return ''
  if (slash !== '') return `</${tag}>`
  if (tag !== 'a') return `<${tag}>`
  const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes)
  const target = (href?.[1] ?? href?.[2] ?? '').trim()
  return SAFE_LINK.test(target) ? `<a href="${target.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}">` : '<a>'
}

function strayBrackets(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
