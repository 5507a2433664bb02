import type { BubbleView } from '../view-types.ts'

const rendered = new WeakMap<Element, string>()

/** Shows the bubbles, keeping those that did not change; stays at the end when it was there, or when told to go. */
export function showThread(
  thread: HTMLElement,
  bubbles: readonly BubbleView[],
  render: (bubble: BubbleView) => HTMLElement,
  toEnd: boolean,
): void {
  const isAtEnd = toEnd || thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80
  const kept = new Map([...thread.children].map((element) => [rendered.get(element), element]))
  const elements = bubbles.map((bubble) => {
    const key = JSON.stringify(bubble)
    const element = kept.get(key) ?? render(bubble)
    rendered.set(element, key)
    return element
  })
  elements.forEach((element, index) => {
    const there = thread.children[index]
    if (there !== element) thread.insertBefore(element, there ?? null)
  })
  while (thread.children.length > elements.length) thread.lastElementChild?.remove()
  if (isAtEnd) thread.scrollTop = thread.scrollHeight
}
