import type { AgentItem, BootData } from '../pages/page-data.ts'

/** Who uses this page and how: kept in the browser, and settable in the address for tests. */
export type Session = {
  agentId: string
  locale: string
  appearance: string
  theme: string
  font: string
}

export const APPEARANCES = ['light', 'dark', 'pureDark', 'auto']
export const THEMES = ['blue', 'green', 'red', 'yellow', 'orange']
export const FONTS = ['Puvi', 'Lato', 'Roboto']
export const LOCALES = ['en', 'ja', 'ar-XB']

const KEY = 'sandbox.desk.session'
const USUAL: Session = { agentId: '', locale: 'en', appearance: 'light', theme: 'blue', font: 'Puvi' }

/** What was chosen before, with what the address (`?agent=&locale=&appearance=&theme=&font=`) says over it. */
export function loadSession(boot: BootData): Session {
  const params = new URLSearchParams(location.search)
  const kept = readKept()
  const choice = (name: keyof Session, param: string, possible: readonly string[]): string => {
    const wanted = params.get(param) ?? kept[name] ?? USUAL[name]
    return possible.includes(wanted) ? wanted : (possible[0] ?? '')
  }
  const agents = boot.agents.map((agent) => agent.id)
  const session: Session = {
    agentId: choice('agentId', 'agent', agents),
    locale: choice('locale', 'locale', LOCALES),
    appearance: choice('appearance', 'appearance', APPEARANCES),
    theme: choice('theme', 'theme', THEMES),
    font: choice('font', 'font', FONTS),
  }
  keepSession(session)
  return session
}

export function keepSession(session: Session): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(session))
  } catch {
    // A browser that keeps nothing: the choice holds until the page is left.
  }
}

export function agentOf(boot: BootData, session: Session): AgentItem {
  const agent = boot.agents.find((entry) => entry.id === session.agentId)
  if (agent === undefined) throw new Error('Nobody is signed in.')
  return agent
}

export function userPreferences(session: Session): Record<string, string> {
  return { appearance: session.appearance, theme: session.theme, fontFamily: session.font }
}

/** Classes and attributes of the page as Desk sets them for a user's preferences. */
export function dressPage(session: Session): void {
  const wantsDark = matchMedia('(prefers-color-scheme: dark)').matches
  const isDark =
    session.appearance === 'dark' || session.appearance === 'pureDark' || (session.appearance === 'auto' && wantsDark)
  const classes = [`theme-${session.theme}`, isDark ? 'appearance-dark' : 'appearance-light', `font-${session.font}`]
  if (session.appearance === 'pureDark') classes.push('pure-dark')
  document.documentElement.className = classes.join(' ')
  document.documentElement.lang = session.locale
  document.documentElement.dir = session.locale.startsWith('ar') ? 'rtl' : 'ltr'
}

function readKept(): Partial<Record<keyof Session, string>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    return Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value === 'string'))
  } catch {
    return {}
  }
}
