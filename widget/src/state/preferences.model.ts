import type { HostPreferences } from '../host/host.ts'

const THEMES = ['blue', 'green', 'orange', 'red', 'yellow']
const FONTS = ['puvi', 'roboto', 'lato']

/**
 * The classes on `:root`, named as Desk names its own: `theme-blue appearance-dark pure-dark font-puvi`. What is missing or
 * unknown becomes Desk's default.
 */
export function rootClasses(preferences: HostPreferences, systemIsDark: boolean): string[] {
  const { appearance, theme = '', fontFamily = '' } = preferences
  const isPureDark = appearance === 'pureDark'
  const isDark = isPureDark || appearance === 'dark' || (appearance === 'auto' && systemIsDark)
  const font = fontFamily.toLowerCase()
  return [
    `theme-${THEMES.includes(theme) ? theme : 'blue'}`,
    isDark ? 'appearance-dark' : 'appearance-light',
    ...(isPureDark ? ['pure-dark'] : []),
    `font-${FONTS.includes(font) ? font : 'puvi'}`,
  ]
}
