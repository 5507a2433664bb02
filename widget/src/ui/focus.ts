/** Whether what one pressed has gone from the page, so that keyboards and readers stand nowhere. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

/** Puts the focus on a heading, which is not in the tab order. Nothing scrolls. */
export function focusHeading(heading: HTMLElement | null | undefined): void {
  if (heading === null || heading === undefined) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

/** The first thing of a form that is marked as wrong, once it is drawn. */
export function focusFirstWrong(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
    wrong?.closest('details')?.setAttribute('open', '')
    wrong?.focus()
  })
}
