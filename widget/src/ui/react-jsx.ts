import type { ComponentType, VNode } from 'preact'
import { h } from 'preact'

type Style = Record<string, string | number | undefined>
type Props = Record<string, unknown> & { style?: Style }

/** React writes a bare number as pixels; Preact 11 writes it as it is, which no browser takes for a length. */
function inPixels(style: Style): Style {
  return Object.fromEntries(
    Object.entries(style).map(([name, value]) => [name, typeof value === 'number' ? `${value}px` : value]),
  )
}

/** What the list library makes its elements with. */
export function jsx(type: string | ComponentType<Props>, props: Props, key?: string): VNode {
  const { style, ...rest } = props
  const all = {
    ...rest,
    ...(key === undefined ? {} : { key }),
    ...(style === undefined ? {} : { style: inPixels(style) }),
  }
  return typeof type === 'string' ? h(type, all) : h<Props>(type, all)
}
