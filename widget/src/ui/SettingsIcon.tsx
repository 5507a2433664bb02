import type { JSX } from 'preact'
import { Drawing } from './Icon.tsx'

/** Drawings that only the settings use: those of `Icon` are part of the ticket pane's first load. */
const PATHS = {
  chat: 'M8 2.4c-3.4 0-6 2.3-6 5.2 0 1.4.6 2.6 1.6 3.6l-.7 2.4 2.6-1c.8.3 1.6.4 2.5.4 3.4 0 6-2.4 6-5.4S11.4 2.4 8 2.4ZM5.4 7.7v.1M8 7.7v.1M10.6 7.7v.1',
  gauge: 'M2.4 11.6a5.8 5.8 0 1 1 11.2 0M8 10.4l2.6-3.6M4.6 11.6h6.8',
  lines: 'M3 4.2h10M3 8h10M3 11.8h6',
  phone: 'M5 1.8h6v12.4H5zM7.4 12v.1',
} as const

export type SettingsIconName = keyof typeof PATHS

export function SettingsIcon({ name, size = 16 }: { name: SettingsIconName; size?: number }): JSX.Element {
  return <Drawing path={PATHS[name]} size={size} />
}
