import type { JSX } from 'preact'
import { useCallback, useMemo } from 'preact/hooks'
import { usePane } from '../../state/pane.ts'
import { createTemplates } from '../../state/templates.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { StartForm } from './StartForm.tsx'
import { useLoaded } from './use-loaded.ts'
import { WhyNot } from './WhyNot.tsx'

/** Begins a conversation from a ticket that has none; it goes on in that ticket. */
export function StartDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const { words, call, ticket, reload } = usePane()
  const templates = useMemo(() => createTemplates(call), [call])
  const { value, failure, again } = useLoaded(
    useCallback(() => templates.options(ticket.ticketId.peek()), [templates, ticket]),
  )
  return (
    <Dialog title={words.t('start.title')} closeLabel={words.t('action.close')} onClose={onClose} testId="start-dialog">
      {failure !== null ? (
        <>
          <WhyNot failure={failure} />
          <Button onClick={again}>{words.t('action.tryAgain')}</Button>
        </>
      ) : value === null ? (
        <p role="status">{words.t('start.loading')}</p>
      ) : (
        <StartForm
          options={value}
          templates={templates}
          onDone={() => {
            onClose()
            void reload()
          }}
        />
      )}
    </Dialog>
  )
}
