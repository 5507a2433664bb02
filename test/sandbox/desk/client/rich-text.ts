import type { HtmlNode } from '../pages/html-tree.ts'

const KNOWN_TAGS = new Set(
  'a b blockquote br code div em h1 h2 h3 h4 hr i li ol p pre s span strong sub sup table tbody td th thead tr u ul'.split(
    ' ',
  ),
)

/** Builds elements of cleaned HTML; a tag that is not known becomes a span. */
export function richText(nodes: readonly HtmlNode[]): Node[] {
  return nodes.map((node) => (typeof node === 'string' ? document.createTextNode(node) : elementOf(node)))
}

function elementOf(node: Exclude<HtmlNode, string>): Node {
  const element = document.createElement(KNOWN_TAGS.has(node.tag) ? node.tag : 'span')
  if (node.tag === 'a' && node.href !== undefined && /^(https?:|mailto:|tel:)/i.test(node.href)) {
    element.setAttribute('href', node.href)
    element.setAttribute('rel', 'noopener noreferrer')
    element.setAttribute('target', '_blank')
  }
  element.append(...richText(node.children))
  return element
}
