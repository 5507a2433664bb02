/**
 * Whether a search value fits a field's text: `*` stands for anything, `${empty}` and `${notempty}` for themselves,
 * without regard to case. Without a wildcard the whole text must be the same: `+15550100` does not find `+1 555-0100`.
 */
export function fitsField(wanted: string, text: string | null): boolean {
  if (wanted === '${empty}') return text === null || text === ''
  if (text === null || text === '') return false
  if (wanted === '${notempty}') return true
  return patternOf(wanted).test(text)
}

/** The same for words: one word of the text that fits is enough. */
export function fitsWords(wanted: string, text: string | null): boolean {
  if (fitsField(wanted, text)) return true
  return (text ?? '').split(/\s+/).some((word) => patternOf(wanted).test(word))
}

function patternOf(wanted: string): RegExp {
  const source = wanted
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${source}$`, 'is')
}
