import type { JSX } from 'preact'
import { useCallback, useState } from 'preact/hooks'
import type { ConversationId, TicketForm } from '../../../../contract/index.ts'
import { useInbox } from '../../state/inbox-page.ts'
import { usePane } from '../../state/pane.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useLoaded } from '../templates/use-loaded.ts'
import { useSendOnce } from '../templates/use-send-once.ts'
import { WhyNot } from '../templates/WhyNot.tsx'
import { agentsOf } from './make-ticket.model.ts'

type FormProps = { id: ConversationId; form: TicketForm; onDone: () => void }

const MAX_SUBJECT = 255

function Fields({ id, form, onDone }: FormProps): JSX.Element {
  const { words } = usePane()
  const { inbox } = useInbox()
  const [subject, setSubject] = useState(form.subject)
  const [departmentId, setDepartmentId] = useState<string>(form.departmentId)
  const [assigneeId, setAssigneeId] = useState<string>(form.assigneeId ?? '')
  const [isTried, setIsTried] = useState(false)
  const { isBusy, failure, run } = useSendOnce()
  const isWrong = subject.trim() === '' || subject.trim().length > MAX_SUBJECT

  const agents = agentsOf(form, departmentId)

  function chooseDepartment(next: string): void {
    setDepartmentId(next)
    if (!agentsOf(form, next).some((agent) => agent.id === assigneeId)) setAssigneeId('')
  }

  function submit(): void {
    setIsTried(true)
    if (isWrong) return
    const order = { subject: subject.trim(), departmentId, ...(assigneeId === '' ? {} : { assigneeId }) }
    run(inbox.makeTicket(id, order), onDone)
  }

  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextField
        label={words.t('inbox.subject')}
        value={subject}
        error={isTried && isWrong ? words.t('inbox.subjectWrong') : null}
        onInput={setSubject}
        inputTestId="ticket-subject"
      />
      <SelectField
        label={words.t('channel.department')}
        value={departmentId}
        options={form.departments.map(({ id: value, name }) => ({ value, label: name }))}
        onChange={chooseDepartment}
        inputTestId="ticket-department"
      />
      <SelectField
        label={words.t('inbox.assignee')}
        value={assigneeId}
        options={[
          { value: '', label: words.t('inbox.nobody') },
          ...agents.map(({ id: value, name }) => ({ value, label: name })),
        ]}
        onChange={setAssigneeId}
        inputTestId="ticket-assignee"
      />
      {failure === null ? null : <WhyNot failure={failure} />}
      <div class="dialog-actions">
        <Button isPrimary isBusy={isBusy} onClick={submit} testId="ticket-make">
          {words.t('inbox.makeTicket')}
        </Button>
      </div>
    </form>
  )
}

export type MakeTicketProps = { id: ConversationId; onClose: () => void; onDone: () => void }

/** Turns a conversation into a ticket: department, subject and who takes it. */
export function MakeTicket({ id, onClose, onDone }: MakeTicketProps): JSX.Element {
  const { words } = usePane()
  const { inbox } = useInbox()
  const { value, failure, again } = useLoaded(useCallback(() => inbox.ticketForm(id), [inbox, id]))
  return (
    <Dialog
      title={words.t('inbox.makeTicket')}
      closeLabel={words.t('action.close')}
      onClose={onClose}
      testId="make-ticket-dialog"
    >
      {failure !== null ? (
        <>
          <WhyNot failure={failure} />
          <Button onClick={again}>{words.t('action.tryAgain')}</Button>
        </>
      ) : value === null ? (
        <p role="status">{words.t('start.loading')}</p>
      ) : (
        <Fields id={id} form={value} onDone={onDone} />
      )}
    </Dialog>
  )
}
