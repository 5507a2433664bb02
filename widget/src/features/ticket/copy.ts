/** The old command: browsers keep it, and it works in frames that have no permission for the clipboard. */
type Editing = { execCommand(command: string): boolean }

/** Copies the text that an element shows; where the browser refuses, the element is left selected for the person to copy. */
export async function copyShown(element: HTMLElement): Promise<boolean> {
  const text = element.textContent
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    getSelection()?.selectAllChildren(element)
    const editing: Editing = document
    const isCopied = editing.execCommand('copy')
    if (isCopied) getSelection()?.removeAllRanges()
    return isCopied
  }
}
