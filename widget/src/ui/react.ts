import type { ComponentChildren, ComponentType, FunctionComponent, Ref, VNode } from 'preact'
import { Component, h, options } from 'preact'

/**
 * The few things of React that the list library asks for, on Preact. `preact/compat` would bring all of React's habits (events,
 * class names, portals) for 2 kB gzipped of a first load of 45.
 */
export { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks'

type Props = Record<string, unknown>

/** Preact 11 hands `ref` to functions as a prop. */
export function forwardRef<T>(
  render: (props: Props, ref: Ref<T> | undefined) => VNode,
): FunctionComponent<Props & { ref?: Ref<T> }> {
  return ({ ref, ...props }) => render(props, ref)
}

function isSame(a: Props, b: Props): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

/** Renders again only for other props. */
export function memo(component: ComponentType<Props>): ComponentType<Props> {
  return class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return !isSame(this.props, next)
    }

    override render(props: Props): ComponentChildren {
      return h(component, props)
    }
  }
}

/** Runs what the callback changes at once: rows must stand in the page in the frame in which they scroll into view. */
export function flushSync(callback: () => void): void {
  const later = options.debounceRendering
  let flush: (() => void) | undefined
  options.debounceRendering = (render) => {
    flush = render
  }
  try {
    callback()
    flush?.()
  } finally {
    if (later === undefined) delete options.debounceRendering
    else options.debounceRendering = later
  }
}
