import type { BootData } from '../pages/page-data.ts'
import { h, select } from './dom.ts'
import { APPEARANCES, FONTS, LOCALES, THEMES } from './session.ts'
import type { Session } from './session.ts'
import type { Word } from './words.ts'

const LANGUAGES: Record<string, string> = { en: 'English', ja: '日本語', 'ar-XB': 'Right-to-left (test)' }

/** The bar on top: sandbox mark, pages, who is at work, and how Desk looks for them. */
export function topBar(
  boot: BootData,
  session: Session,
  word: (word: Word) => string,
  onChange: (change: Partial<Session>) => void,
): HTMLElement {
  const same = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  const home = boot.agents[0]?.orgId
  return h(
    'header',
    { class: 'top-bar' },
    h('span', { class: 'mark' }, word('sandbox')),
    h('strong', {}, 'Zoho Desk'),
    h(
      'nav',
      {},
      link('#', word('tickets'), 'nav-tickets'),
      ...pageLinks(boot),
      link('#settings', word('settings'), 'nav-settings'),
    ),
    select(
      {
        label: word('agent'),
        testId: 'agent',
        value: session.agentId,
        isLabelHidden: true,
        choices: boot.agents.map((agent) => ({
          value: agent.id,
          label: `${agent.name} · ${agent.role}${agent.orgId === home ? '' : ` · ${agent.portalName}`}`,
        })),
      },
      (agentId) => onChange({ agentId }),
    ),
    h(
      'details',
      { class: 'menu', 'data-testid': 'display' },
      h('summary', {}, word('display')),
      h(
        'div',
        {},
        select(
          {
            label: word('language'),
            testId: 'locale',
            value: session.locale,
            choices: LOCALES.map((value) => ({ value, label: LANGUAGES[value] ?? value })),
          },
          (locale) => onChange({ locale }),
        ),
        select(
          { label: word('appearance'), testId: 'appearance', value: session.appearance, choices: same(APPEARANCES) },
          (appearance) => onChange({ appearance }),
        ),
        select({ label: word('theme'), testId: 'theme', value: session.theme, choices: same(THEMES) }, (theme) =>
          onChange({ theme }),
        ),
        select({ label: word('font'), testId: 'font', value: session.font, choices: same(FONTS) }, (font) =>
          onChange({ font }),
        ),
      ),
    ),
  )
}

/** Full-screen widgets of the extension. */
function pageLinks(boot: BootData): HTMLElement[] {
  return boot.widgets
    .filter((widget) => widget.location === 'desk.topband')
    .map((widget) => link('#topband', widget.name, 'nav-topband'))
}

function link(href: string, label: string, testId: string): HTMLElement {
  return h('a', { href, 'data-testid': testId }, label)
}
