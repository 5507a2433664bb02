import { signal } from '@preact/signals'
import type source from '../../../translations/en.json'
import type { Part } from './icu.ts'
import { formatIcu, parseIcu } from './icu.ts'
import { directionOf, isolate, languageTag } from './locale.model.ts'

export type WordKey = keyof typeof source
export type WordValues = Record<string, string | number>

export type Words = {
  readonly tag: string
  readonly direction: 'ltr' | 'rtl'
  /** The sentence of a key in the person's language. Reads a signal: components follow when words arrive. */
  t(key: WordKey, values?: WordValues): string
}

type Dictionary = Record<string, string>
type Loader = () => Promise<Dictionary>

const bundled = import.meta.glob<Dictionary>('../../../translations/*.json', { import: 'default' })

/** The same words as a part of the package, for when Desk passed none or older ones. */
export function bundledWords(code: string): Loader | undefined {
  return bundled[`../../../translations/${code}.json`]
}

/** A word that is no ICU message is shown as it is: a broken translation must not take the page down. */
function parse(word: string): Part[] {
  try {
    return parseIcu(word)
  } catch {
    return [word]
  }
}

/**
 * Words in the language Desk named. What Desk passed comes first; a key it lacks is looked up in the package's own file of
 * that language, then in English.
 */
export function createWords(deskCode: string, passed: Dictionary, load = bundledWords): Words {
  const tag = languageTag(deskCode)
  const direction = directionOf(tag)
  const spare = signal<Dictionary>({})
  const parsed = new Map<string, Part[]>()
  const formats = { number: new Intl.NumberFormat(tag), plural: new Intl.PluralRules(tag) }
  let isLoading = false

  async function loadSpare(): Promise<void> {
    if (isLoading) return
    isLoading = true
    const files = [load('en'), load(deskCode)].flatMap((file) => (file === undefined ? [] : [file()]))
    const [first, second] = await Promise.all(files)
    spare.value = { ...first, ...second }
  }

  function find(key: WordKey): string | undefined {
    const word = passed[key] ?? spare.value[key]
    if (word === undefined) void loadSpare()
    return word
  }

  return {
    tag,
    direction,
    t(key, values) {
      const word = find(key)
      if (word === undefined) return '…'
      const parts = parsed.get(word) ?? parse(word)
      parsed.set(word, parts)
      const shown: WordValues = {}
      for (const [name, value] of Object.entries(values ?? {})) {
        shown[name] = typeof value === 'string' ? isolate(value, direction) : value
      }
      return formatIcu(parts, shown, formats)
    },
  }
}
