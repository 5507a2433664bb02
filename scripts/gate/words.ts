import { IntlMessageFormat } from 'intl-messageformat'
import { z } from 'zod'
import { readSource, sourceFiles } from './files.ts'

const dictionarySchema = z.record(z.string(), z.string())
type Dictionary = z.infer<typeof dictionarySchema>

export type WordsInput = {
  /** Words by locale code, as `translations/<code>.json` has them. */
  dictionaries: Record<string, Dictionary>
  /** The codes the manifest lists. */
  locales: readonly string[]
  /** The widget's sources, without tests. */
  sources: readonly string[]
}

const SOURCE_LOCALE = 'en'

/** Placeholders of an ICU message with their kind, such as `count:6`; the kinds are the parser's own numbers. */
function placeholders(message: string, locale: string): string[] {
  const names = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (typeof value !== 'object' || value === null) return
    const node: { type?: unknown; value?: unknown; options?: unknown } = value
    const { type, value: name, options } = node
    // 0 is plain text and 7 the number sign of a plural; everything else names a value.
    if (typeof type === 'number' && type !== 0 && type !== 7) names.add(`${String(name)}:${String(type)}`)
    if (typeof options === 'object' && options !== null) Object.values(options).forEach(visit)
    if (typeof name === 'object') visit(name)
  }
  visit(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst())
  return [...names].toSorted()
}

function safePlaceholders(message: string, locale: string): string {
  try {
    return placeholders(message, locale).join(' ')
  } catch (error) {
    return `not a valid ICU message (${error instanceof Error ? error.message : String(error)})`
  }
}

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Keys the sources name: as a whole string, or by a template whose fixed parts fit. */
function usedKeys(keys: readonly string[], sources: readonly string[]): Set<string> {
  const text = sources.join('\n')
  const literals = new Set([...text.matchAll(/(['"`])([\w.-]+)\1/g)].map((match) => match[2]))
  const patterns = [...text.matchAll(/`([\w-]+\.[\w.-]*\$\{[^`]*)`/g)].map(
    ([, template = '']) =>
      new RegExp(
        `^${template
          .split(/\$\{[^}]*\}/)
          .map(escapeRegExp)
          .join('[\\w.-]+')}$`,
      ),
  )
  return new Set(keys.filter((key) => literals.has(key) || patterns.some((pattern) => pattern.test(key))))
}

/** Everything wrong with the translations, one sentence each. */
export function findWordProblems({ dictionaries, locales, sources }: WordsInput): string[] {
  const english = dictionaries[SOURCE_LOCALE]
  if (english === undefined) return [`translations/${SOURCE_LOCALE}.json is missing`]
  const problems: string[] = []
  const keys = Object.keys(english)
  const used = usedKeys(keys, sources)
  for (const key of keys) if (!used.has(key)) problems.push(`${key}: no source names this key`)
  for (const call of sources.join('\n').matchAll(/\bt\(\s*(['"])([^'"]+)\1/g)) {
    if (call[2] !== undefined && !(call[2] in english))
      problems.push(`${call[2]}: used, but not in translations/en.json`)
  }

  const files = Object.keys(dictionaries)
  for (const locale of locales)
    if (!files.includes(locale)) problems.push(`${locale}: in the manifest, but has no file`)
  for (const [locale, words] of Object.entries(dictionaries)) {
    if (!locales.includes(locale)) problems.push(`${locale}: has a file, but is not in the manifest`)
    for (const key of keys) {
      const word = words[key]
      const message = english[key] ?? ''
      if (word === undefined) problems.push(`${locale} ${key}: missing`)
      else if (word.trim() === '') problems.push(`${locale} ${key}: empty`)
      else if (safePlaceholders(word, locale) !== safePlaceholders(message, SOURCE_LOCALE)) {
        const [here, there] = [safePlaceholders(word, locale), safePlaceholders(message, SOURCE_LOCALE)]
        problems.push(`${locale} ${key}: placeholders differ (${here || 'none'} instead of ${there || 'none'})`)
      }
    }
    for (const key of Object.keys(words)) if (!(key in english)) problems.push(`${locale} ${key}: not in en.json`)
  }
  for (const key of keys) {
    const found = safePlaceholders(english[key] ?? '', SOURCE_LOCALE)
    if (found.startsWith('not a valid')) problems.push(`en ${key}: ${found}`)
  }
  return problems
}

/** Reads what `findWordProblems` looks at from the working tree. */
export function readWords(locales: readonly string[]): WordsInput {
  const files = sourceFiles('translations', /\.json$/)
  const dictionaries = Object.fromEntries(
    files.map((path) => {
      const code = path.replace(/^.*\//, '').replace(/\.json$/, '')
      return [code, dictionarySchema.parse(JSON.parse(readSource(path)))] as const
    }),
  )
  const sources = sourceFiles('widget/src', /\.tsx?$/).filter((path) => !/\.test\.tsx?$/.test(path))
  return { dictionaries, locales, sources: sources.map((path) => readSource(path)) }
}
