import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ChannelView } from '../../../../contract/index.ts'
import type { Backlog } from '../../state/channels.ts'
import type { ApiFailure } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Refused } from './Refused.tsx'

export type ConfirmProps = {
  channel: ChannelView
  isBusy: boolean
  failure: ApiFailure | null
  onClose: () => void
}

type AskProps = ConfirmProps & {
  title: string
  texts: readonly string[]
  confirm: string
  testId: string
  onConfirm: () => void
}

function Ask({ isBusy, failure, onClose, title, texts, confirm, testId, onConfirm }: AskProps): JSX.Element {
  const { words } = useSettings()
  return (
    <Dialog
      title={title}
      closeLabel={words.t('action.close')}
      onClose={onClose}
      testId={testId}
      actions={
        <>
          <Button onClick={onClose} testId={`${testId}-cancel`}>
            {words.t('action.cancel')}
          </Button>
          <Button isDanger isBusy={isBusy} onClick={onConfirm} testId={`${testId}-confirm`}>
            {confirm}
          </Button>
        </>
      }
    >
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {failure === null ? null : <Refused failure={failure} />}
    </Dialog>
  )
}

/** Before a channel is switched off: what stops and what stays. */
export function OffDialog(props: ConfirmProps & { onConfirm: () => void }): JSX.Element {
  const { words } = useSettings()
  return (
    <Ask
      {...props}
      title={words.t('channel.offTitle', { name: props.channel.name.toWellFormed() })}
      texts={[words.t('channel.offStops'), words.t('channel.offStays')]}
      confirm={words.t('channel.offConfirm')}
      testId="channel-off"
    />
  )
}

/** Before a channel is taken away for good. */
export function RemoveDialog(props: ConfirmProps & { onConfirm: () => void }): JSX.Element {
  const { words } = useSettings()
  return (
    <Ask
      {...props}
      title={words.t('channel.removeTitle', { name: props.channel.name.toWellFormed() })}
      texts={[words.t('channel.removeStops'), words.t('channel.removeStays')]}
      confirm={words.t('channel.removeConfirm')}
      testId="channel-remove"
    />
  )
}

const BACKLOGS = ['all', 'day', 'none'] as const

/** Where many conversations waited while a channel was off: whether they all become tickets now. */
export function OnDialog(props: ConfirmProps & { onConfirm: (backlog: Backlog) => void }): JSX.Element {
  const { channel, isBusy, failure, onClose, onConfirm } = props
  const { words } = useSettings()
  const [backlog, setBacklog] = useState<Backlog>('all')
  return (
    <Dialog
      title={words.t('channel.onTitle', { name: channel.name.toWellFormed() })}
      closeLabel={words.t('action.close')}
      onClose={onClose}
      testId="channel-on"
      actions={
        <>
          <Button onClick={onClose}>{words.t('action.cancel')}</Button>
          <Button isPrimary isBusy={isBusy} onClick={() => onConfirm(backlog)} testId="channel-on-confirm">
            {words.t('channel.onConfirm')}
          </Button>
        </>
      }
    >
      <p>{words.t('channel.onWaiting', { count: channel.held })}</p>
      <Choice
        legend={words.t('channel.backlog')}
        value={backlog}
        options={[
          { value: 'all', label: words.t('channel.backlogAll'), hint: words.t('channel.backlogAllHint') },
          { value: 'day', label: words.t('channel.backlogDay'), hint: words.t('channel.backlogDayHint') },
          { value: 'none', label: words.t('channel.backlogNone'), hint: words.t('channel.backlogNoneHint') },
        ]}
        onChange={(value) => setBacklog(BACKLOGS.find((one) => one === value) ?? 'all')}
        testId="channel-backlog"
      />
      {failure === null ? null : <Refused failure={failure} />}
    </Dialog>
  )
}
