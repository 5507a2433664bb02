import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { usePane } from '../../state/pane.ts'
import { createTemplates } from '../../state/templates.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TemplatePicker } from './TemplatePicker.tsx'
import { useSendOnce } from './use-send-once.ts'
import { wearTemplateStyles } from './wear-styles.ts'

wearTemplateStyles()

/** Where the window is closed: a template may still go. */
export function SendTemplate(): JSX.Element | null {
  const { words, call, ticket, thread, showEnd } = usePane()
  const templates = useMemo(() => createTemplates(call), [call])
  const [isOpen, setIsOpen] = useState(false)
  const { isBusy, failure, run } = useSendOnce()
  const conversation = ticket.conversation.value
  if (conversation === null) return null
  return (
    <>
      <Button onClick={() => setIsOpen(true)} testId="send-template">
        {words.t('start.template')}
      </Button>
      {isOpen ? (
        <Dialog
          title={words.t('start.template')}
          closeLabel={words.t('action.close')}
          onClose={() => setIsOpen(false)}
          testId="template-dialog"
        >
          <TemplatePicker
            templates={templates}
            phoneNumberId={conversation.channel.phoneNumberId}
            isBusy={isBusy}
            failure={failure}
            onSend={(template) =>
              run(templates.send(conversation.id, template), ({ message }) => {
                setIsOpen(false)
                thread.put(message)
                void showEnd()
              })
            }
          />
        </Dialog>
      ) : null}
    </>
  )
}
