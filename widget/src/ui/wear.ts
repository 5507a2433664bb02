const worn = new Set<string>()

/** Puts on the styles of a part that loads later: they come with its script, so nothing is ever shown without them. */
export function wear(...styles: readonly string[]): void {
  for (const style of styles) {
    if (worn.has(style)) continue
    worn.add(style)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style)
    document.adoptedStyleSheets.push(sheet)
  }
}
