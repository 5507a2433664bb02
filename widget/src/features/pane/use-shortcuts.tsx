import type { ComponentType, JSX } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { isShortcutsKey } from './pane-keys.model.ts'
import type { ShortcutsProps } from './Shortcuts.tsx'

type Dialog = ComponentType<ShortcutsProps>

/** The list of shortcuts, fetched when somebody first asks for it: most never do. */
export function useShortcuts(): { open: () => void; dialog: JSX.Element | null } {
  const [Shortcuts, setShortcuts] = useState<Dialog | null>(null)
  const [isOpen, setIsOpen] = useState(false)

  const open = useCallback((): void => {
    void import('./Shortcuts.tsx').then((module) => {
      setShortcuts(() => module.Shortcuts)
      setIsOpen(true)
    })
  }, [])

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!isShortcutsKey(event)) return
      event.preventDefault()
      open()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [open])

  return {
    open,
    dialog: Shortcuts === null || !isOpen ? null : <Shortcuts onClose={() => setIsOpen(false)} />,
  }
}
