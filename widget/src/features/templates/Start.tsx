import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { usePane } from '../../state/pane.ts'
import { Button } from '../../ui/Button.tsx'
import { wearTemplateStyles } from './wear-styles.ts'
import { StartDialog } from './StartDialog.tsx'

wearTemplateStyles()

/** On a ticket without a conversation: the way to begin one. Light agents only read. */
export function Start(): JSX.Element | null {
  const { words, me } = usePane()
  const [isOpen, setIsOpen] = useState(false)
  if (me.value === null || me.value.role === 'viewer') return null
  return (
    <>
      <Button isPrimary onClick={() => setIsOpen(true)} testId="start">
        {words.t('start.open')}
      </Button>
      {isOpen ? <StartDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  )
}
