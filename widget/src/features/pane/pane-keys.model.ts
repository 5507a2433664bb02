/** `?` shows the shortcuts, except where it is a letter of a text. */
export function isShortcutsKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>,
): boolean {
  if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey) return false
  const { target } = event
  if (typeof target !== 'object' || target === null || !('tagName' in target)) return true
  return target.tagName !== 'TEXTAREA' && target.tagName !== 'INPUT'
}
