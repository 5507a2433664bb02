import type { JSX } from 'preact'

/** 16 × 16 drawings, stroked in the colour of the text around them. */
const PATHS = {
  alert: 'M8 2.2 14.2 13H1.8L8 2.2ZM8 6.2v3.2M8 11.2v.1',
  ad: 'M2.5 6.5v3l2 .2L5.6 13h1.6l-.6-3.1 6.4 2.1V4L5 6.3 2.5 6.5Z',
  cart: 'M1.8 2.8h1.9l1.6 7h7l1.6-5H4.4M6.2 12.9v.1M11.4 12.9v.1',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  clock: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM8 4.8V8l2.2 1.6',
  close: 'm4 4 8 8M12 4l-8 8',
  copy: 'M5.8 5.8h7.4v7.4H5.8zM10.2 5.6V2.8H2.8v7.4h2.8',
  down: 'M8 3v9.6M3.8 8.6 8 12.8l4.2-4.2',
  external: 'M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5',
  eye: 'M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  file: 'M4 1.8h5l3 3v9.4H4V1.8ZM8.8 2v3h3',
  form: 'M3 2.8h10v10.4H3zM5.4 5.8h5.2M5.4 8h5.2M5.4 10.2h3',
  forward: 'M9 4l4 4-4 4M13 8H6.5A3.5 3.5 0 0 0 3 11.5v.5',
  keyboard: 'M1.8 4h12.4v8H1.8zM4 6.4v.1M6.7 6.4v.1M9.3 6.4v.1M12 6.4v.1M5 9.6h6',
  list: 'M5.5 4.2h8M5.5 8h8M5.5 11.8h8M2.6 4.2v.1M2.6 8v.1M2.6 11.8v.1',
  mic: 'M8 1.8a2 2 0 0 0-2 2V8a2 2 0 0 0 4 0V3.8a2 2 0 0 0-2-2ZM3.8 7.6V8a4.2 4.2 0 0 0 8.4 0v-.4M8 12.2v2',
  pen: 'm3 13 .6-2.8L10.8 3 13 5.2 5.8 12.4 3 13Z',
  person: 'M8 2.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2ZM2.8 13.6c.5-2.6 2.5-4 5.2-4s4.7 1.4 5.2 4',
  pin: 'M8 14.2S3.4 10 3.4 6.4a4.6 4.6 0 0 1 9.2 0C12.6 10 8 14.2 8 14.2ZM8 4.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4Z',
  question:
    'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM6.3 6.4c.1-1 .8-1.6 1.8-1.6s1.7.6 1.7 1.5c0 1.3-1.8 1.4-1.8 2.7M8 11v.1',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6L13 5.8M13 2.6v3.2H9.8',
  reply: 'M7 4 3 8l4 4M3 8h6.5a3.5 3.5 0 0 1 3.5 3.5v.5',
  send: 'M2.4 13.4 14 8 2.4 2.6 2.6 7l6 1-6 1-.2 4.4Z',
  ticket: 'M2 4.4h12v2.4a1.2 1.2 0 0 0 0 2.4v2.4H2V9.2a1.2 1.2 0 0 0 0-2.4V4.4Z',
  tick: 'm3.4 8.6 2.8 2.8 6-6.6',
  ticks: 'm1.2 8.6 2.8 2.8 6-6.6M7.4 10.8l.8.6 6-6.6',
  unplugged: 'M2 2l12 12M3.4 6.6a7 7 0 0 1 2.2-1.5M8.6 4.5a7 7 0 0 1 4 2.1M5.4 9a4 4 0 0 1 1.7-1M8 12v.1',
} as const

export type IconName = keyof typeof PATHS

const MIRRORED = new Set<IconName>(['reply', 'forward', 'send', 'list', 'external', 'ad'])

/** A drawing beside words; readers hear the words, so the drawing is hidden from them. */
export function Drawing({ path, size, class: name = 'icon' }: DrawingProps): JSX.Element {
  return (
    <svg class={name} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}

export type DrawingProps = { path: string; size: number; class?: string }

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): JSX.Element {
  return <Drawing path={PATHS[name]} size={size} class={MIRRORED.has(name) ? 'icon icon-mirrored' : 'icon'} />
}
