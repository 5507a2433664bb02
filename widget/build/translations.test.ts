import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { VERTICALS } from '../../contract/profile.ts'
import { DECISION_REASONS, DESK_REASONS, FAILURE_KEYS } from '../../contract/reasons.ts'
import { INBOX_FILTERS } from '../../contract/inbox.ts'
import { HEALTH_CHECKS, TEST_LEGS } from '../../contract/health.ts'
import { SETUP_FAILURES } from '../../contract/setup.ts'
import { MISSING, POOLS } from '../../contract/stages.ts'
import { readWords } from '../src/host/desk-answers.ts'
import { parseJson } from '../src/json.ts'
import type { Part } from '../src/state/icu.ts'
import { formatIcu, parseIcu } from '../src/state/icu.ts'
import { languageTag } from '../src/state/locale.model.ts'

const folder = resolve(import.meta.dirname, '../../translations')
const source = resolve(import.meta.dirname, '../src')

function words(locale: string): Record<string, string> {
  return readWords(parseJson(readFileSync(resolve(folder, `${locale}.json`), 'utf8')))
}

const locales = readdirSync(folder).map((file) => file.replace('.json', ''))
const english = words('en')

/** Words whose keys are put together: every value that can stand at the end, so that none is kept for nothing. */
const FAMILIES: Record<string, readonly string[]> = {
  'failure.': FAILURE_KEYS,
  'failure.who.': ['admin', 'agent', 'customer', 'meta'],
  'reason.': DECISION_REASONS,
  'desk.': [...DESK_REASONS, 'blocked', 'waiting'],
  'decision.': ['appended', 'created', 'followed', 'reopened'],
  'choice.': ['button', 'list', 'template'],
  'forwarded.': ['once', 'often'],
  'health.': HEALTH_CHECKS,
  'health_action.': ['change_name', 'reconnect', 'repair', 'test'],
  'health_level.': ['good', 'warning', 'bad', 'unknown'],
  'test_leg.': TEST_LEGS,
  'test_outcome.': ['passed', 'failed', 'expired'],
  'test_state.': ['waiting', 'done', 'failed'],
  'inbox_empty.': INBOX_FILTERS,
  'inbox_filter.': INBOX_FILTERS,
  'missing.': MISSING,
  'pool.': POOLS,
  'media.': ['image', 'video', 'audio', 'document', 'sticker'],
  'setup.profile.': ['about', 'address', 'email'],
  'setup.vertical.': VERTICALS,
  'setup_failure.': SETUP_FAILURES,
  'setup_failure.who.': ['admin', 'meta', 'old_provider', 'operator'],
  'presence.': ['typing', 'viewing'],
  'system.': ['number_changed', 'user_id_changed', 'identity_changed'],
  'problem.': [
    'install_key',
    'agent',
    'not_visible',
    'outside',
    'desk_silent',
    'desk_refused',
    'desk_away',
    'unreachable',
    'other',
  ].flatMap((problem) => [`${problem}.title`, `${problem}.text`]),
}

function sources(at: string): string[] {
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => readFileSync(resolve(at, file), 'utf8'))
}

/** Names of the values a word takes, with how each is written. */
function placeholders(parts: readonly Part[]): string[] {
  const found = parts.flatMap((part) => {
    if (typeof part === 'string' || part.as === 'count') return []
    if (!('choices' in part)) return [part.name]
    return [part.name, ...Object.values(part.choices).flatMap(placeholders)]
  })
  return [...new Set(found)].toSorted()
}

describe('the words', () => {
  it('are all used, and all that are used are there', () => {
    const code = sources(source).join('\n')
    const literal = Object.keys(english).filter((key) => code.includes(`'${key}'`))
    const built = Object.entries(FAMILIES).flatMap(([prefix, ends]) => ends.map((end) => prefix + end))
    expect([...new Set([...literal, ...built])].toSorted()).toEqual(Object.keys(english).toSorted())
  })

  it('have every family of put-together keys named above', () => {
    const prefixes = sources(source).flatMap((code) =>
      [...code.matchAll(/`([a-z_]+\.(?:[a-z]+\.)?)\$\{/g)].map(([, prefix = '']) => prefix),
    )
    expect([...new Set(prefixes)].toSorted()).toEqual([...Object.keys(FAMILIES), 'host.'].toSorted())
  })

  it('stand in alphabetical order, so that a missing one is seen', () => {
    for (const locale of locales) {
      const keys = Object.keys(words(locale))
      expect(keys).toEqual(keys.toSorted((a, b) => a.localeCompare(b, 'en')))
    }
  })
})

describe.each(locales)('%s', (locale) => {
  const own = words(locale)
  const tag = languageTag(locale)

  it('has exactly the keys of English, none of them empty', () => {
    expect(Object.keys(own).toSorted()).toEqual(Object.keys(english).toSorted())
    expect(Object.values(own).filter((word) => word.trim() === '')).toEqual([])
  })

  it('takes the same values as English', () => {
    for (const [key, word] of Object.entries(own)) {
      expect([key, placeholders(parseIcu(word))]).toEqual([key, placeholders(parseIcu(english[key] ?? ''))])
    }
  })

  it.each([0, 1, 2, 5, 21, 1234])('reads as ICU reads it, with %d', (number) => {
    const formats = { number: new Intl.NumberFormat(tag), plural: new Intl.PluralRules(tag) }
    for (const word of Object.values(own)) {
      const names = placeholders(parseIcu(word))
      const isNumber = (name: string): boolean => ['count', 'hours', 'minutes', 'over'].includes(name)
      const values = Object.fromEntries(names.map((name) => [name, isNumber(name) ? number : 'X']))
      const icu = new IntlMessageFormat(word, tag, undefined, { ignoreTag: true }).format(values)
      expect(formatIcu(parseIcu(word), values, formats)).toBe(icu)
    }
  })
})
