/**
 * ICU messages, the part our words use: `{name}`, `{n, number}`, `{n, plural, =0 {…} one {…} other {… # …}}`,
 * `{kind, select, a {…} other {…}}`, and apostrophes that quote braces. The whole of ICU weighs 10 kB gzipped in the page; a
 * test formats every word of every language with `intl-messageformat` too and compares.
 */
export type Part =
  | string
  | { as: 'text' | 'number'; name: string }
  | { as: 'plural' | 'select'; name: string; choices: Record<string, Part[]> }
  /** `#`: the number of the plural around it. */
  | { as: 'count' }

export type IcuValues = Readonly<Record<string, string | number>>

class Reader {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get char(): string {
    return this.text[this.at] ?? ''
  }

  skipBlanks(): void {
    while (/\s/.test(this.char)) this.at++
  }

  /** Text up to one of `ends`, without the blanks around it. */
  word(ends: string): string {
    const from = this.at
    while (this.char !== '' && !ends.includes(this.char)) this.at++
    return this.text.slice(from, this.at).trim()
  }

  expect(char: string): void {
    if (this.char !== char) this.refuse()
    this.at++
  }

  refuse(): never {
    throw new SyntaxError(`ICU at ${this.at}: ${this.text}`)
  }
}

/** `''` is an apostrophe; one before a brace or `#` quotes up to the next; any other is itself. */
function quoted(reader: Reader, inPlural: boolean): string {
  reader.at++
  if (reader.char === "'") {
    reader.at++
    return "'"
  }
  if (!(inPlural ? '{}#' : '{}').includes(reader.char) || reader.char === '') return "'"
  const close = reader.text.indexOf("'", reader.at)
  const end = close === -1 ? reader.text.length : close
  const text = reader.text.slice(reader.at, end)
  reader.at = end + 1
  return text
}

function choices(reader: Reader, inPlural: boolean): Record<string, Part[]> {
  const found: Record<string, Part[]> = {}
  for (reader.skipBlanks(); reader.char !== '}'; reader.skipBlanks()) {
    const selector = reader.word('{}')
    reader.expect('{')
    found[selector] = message(reader, inPlural)
    reader.expect('}')
  }
  if (found.other === undefined) reader.refuse()
  return found
}

function argument(reader: Reader, inPlural: boolean): Part {
  reader.expect('{')
  const name = reader.word(',}')
  if (reader.char === '}') {
    reader.at++
    return { name, as: 'text' }
  }
  reader.expect(',')
  const as = reader.word(',}')
  if (as === 'number') {
    reader.expect('}')
    return { name, as }
  }
  if (as !== 'plural' && as !== 'select') return reader.refuse()
  reader.expect(',')
  const part: Part = { as, name, choices: choices(reader, inPlural || as === 'plural') }
  reader.expect('}')
  return part
}

function message(reader: Reader, inPlural: boolean): Part[] {
  const parts: Part[] = []
  let text = ''
  const push = (part: Part): void => {
    if (text !== '') parts.push(text)
    text = ''
    parts.push(part)
  }
  while (reader.char !== '' && reader.char !== '}') {
    if (reader.char === '{') push(argument(reader, inPlural))
    else if (reader.char === "'") text += quoted(reader, inPlural)
    else if (reader.char === '#' && inPlural) {
      reader.at++
      push({ as: 'count' })
    } else text += reader.text[reader.at++] ?? ''
  }
  if (text !== '') parts.push(text)
  return parts
}

/** Throws a SyntaxError for what is no ICU message, or uses more of ICU than we do. */
export function parseIcu(source: string): Part[] {
  const reader = new Reader(source)
  const parts = message(reader, false)
  if (reader.at < source.length) reader.refuse()
  return parts
}

export type IcuFormats = { number: Intl.NumberFormat; plural: Intl.PluralRules }

export function formatIcu(parts: readonly Part[], values: IcuValues, formats: IcuFormats, count = 0): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part
      if (part.as === 'count') return formats.number.format(count)
      const value = values[part.name] ?? ''
      if (!('choices' in part)) return part.as === 'text' ? String(value) : formats.number.format(Number(value))
      const number = Number(value)
      const chosen =
        part.as === 'select'
          ? part.choices[String(value)]
          : (part.choices[`=${number}`] ?? part.choices[formats.plural.select(number)])
      return formatIcu(chosen ?? part.choices.other ?? [], values, formats, part.as === 'plural' ? number : count)
    })
    .join('')
}
