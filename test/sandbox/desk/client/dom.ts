type Child = Node | string | null
type Attributes = Record<string, string | boolean | undefined>
type Listeners = Record<string, (event: Event) => void>

/** An element with attributes (false and undefined leave one out) and children; texts become text nodes. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '')
    else if (typeof value === 'string') element.setAttribute(name, value)
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

/** The same element, listening. */
export function listening<Kind extends HTMLElement>(element: Kind, listeners: Listeners): Kind {
  for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener)
  return element
}

export function button(label: string, testId: string, onClick: () => void, className = ''): HTMLButtonElement {
  const element = h('button', { type: 'button', class: className, 'data-testid': testId }, label)
  return listening(element, { click: onClick })
}

export type Choice = { value: string; label: string }

/** A labelled select; `onChange` gets the chosen value. */
export function select(
  facts: { label: string; testId: string; value: string; choices: Choice[]; isLabelHidden?: boolean },
  onChange: (value: string) => void,
): HTMLLabelElement {
  const options = facts.choices.map(({ value, label }) =>
    h('option', { value, selected: value === facts.value }, label),
  )
  const element = h('select', { 'data-testid': facts.testId }, ...options)
  listening(element, { change: () => onChange(element.value) })
  return h('label', {}, h('span', { class: facts.isLabelHidden === true ? 'hidden' : '' }, facts.label), element)
}
