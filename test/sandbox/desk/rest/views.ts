/** What a call answers, by field. */
export type View = Record<string, unknown>

/** Only these fields. */
export function only(view: View, names: readonly string[]): View {
  return Object.fromEntries(Object.entries(view).filter(([name]) => names.includes(name)))
}

/** All but these fields. */
export function without(view: View, names: readonly string[]): View {
  return Object.fromEntries(Object.entries(view).filter(([name]) => !names.includes(name)))
}
