import type { JSX } from 'preact'
import { plainText } from '../../state/locale.model.ts'
import { useRowTabIndex } from '../../ui/tab-index.ts'
import type { FormatNode } from './format.model.ts'

function Node({ node }: { node: FormatNode }): JSX.Element {
  const tabIndex = useRowTabIndex()
  switch (node.kind) {
    case 'text':
      return <>{node.text}</>
    case 'bold':
      return <strong>{<Formatted nodes={node.children} />}</strong>
    case 'italic':
      return <em>{<Formatted nodes={node.children} />}</em>
    case 'strike':
      return <s>{<Formatted nodes={node.children} />}</s>
    case 'code':
      return (
        <pre class="code-block" dir="auto">
          {node.text}
        </pre>
      )
    case 'mono':
      return <code class="mono">{node.text}</code>
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer" tabIndex={tabIndex}>
          <bdi>{plainText(node.text)}</bdi>
        </a>
      )
  }
}

/** A tree of formatted text as elements. Text stays text: nothing here is ever read as markup. */
export function Formatted({ nodes }: { nodes: readonly FormatNode[] }): JSX.Element {
  return (
    <>
      {nodes.map((node, index) => (
        <Node key={index} node={node} />
      ))}
    </>
  )
}
