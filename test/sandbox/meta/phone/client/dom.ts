type Props = Record<string, string | boolean | undefined>

/** An element with attributes and children; strings become text, never markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== undefined))
  return element
}

/** The element with an id, of the expected class. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.querySelector(`#${id}`)
  if (!(element instanceof kind)) throw new Error(`#${id} is missing`)
  return element
}

/** A button that does something. */
export function action(label: string, props: Props, onClick: () => void): HTMLButtonElement {
  const button = h('button', { type: 'button', ...props }, label)
  button.addEventListener('click', onClick)
  return button
}
