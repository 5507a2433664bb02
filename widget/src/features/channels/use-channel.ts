import { useMemo, useState } from 'preact/hooks'
import type { ChannelView } from '../../../../contract/index.ts'
import type { Backlog, ChannelChanges } from '../../state/channels.ts'
import { createChannelChanges } from '../../state/channels.ts'
import type { ApiFailure, ApiResult } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { asksForBacklog } from './form.model.ts'

export type ChannelDialog = 'none' | 'off' | 'on' | 'remove' | 'edit'

export type ChannelActions = {
  dialog: ChannelDialog
  isBusy: boolean
  failure: ApiFailure | null
  open(dialog: ChannelDialog): void
  close(): void
  /** Off asks first; on asks only where many conversations waited. */
  toggle(): void
  switchOff(): void
  switchOn(backlog: Backlog): void
  remove(): void
  save(body: Parameters<ChannelChanges['change']>[1], icon: Blob | null): void
}

/** What is being done to one channel, one thing at a time. */
export function useChannel(channel: ChannelView): ChannelActions {
  const settings = useSettings()
  const changes = useMemo(() => createChannelChanges(settings), [settings])
  const [dialog, setDialog] = useState<ChannelDialog>('none')
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)

  function open(next: ChannelDialog): void {
    setFailure(null)
    setDialog(next)
  }

  function run<T>(call: Promise<ApiResult<T>>, refusalOf: (value: T) => ApiFailure | null = () => null): void {
    setIsBusy(true)
    void call.then((answer) => {
      setIsBusy(false)
      const refusal = answer.ok ? refusalOf(answer.value) : answer.error
      setFailure(refusal)
      if (refusal === null) setDialog('none')
    })
  }

  const switchOn = (backlog: Backlog): void => run(changes.switchOn(channel.id, backlog))

  /** How many wait is asked anew: the page may have stood open for long. */
  async function askOrSwitchOn(): Promise<void> {
    setIsBusy(true)
    await settings.reload()
    setIsBusy(false)
    const { held } = settings.setup.peek()?.channels.items.find(({ id }) => id === channel.id) ?? channel
    if (asksForBacklog(held)) open('on')
    else switchOn('all')
  }

  return {
    dialog,
    isBusy,
    failure,
    open,
    close: () => open('none'),
    toggle() {
      if (channel.state === 'on') open('off')
      else void askOrSwitchOn()
    },
    switchOff: () => run(changes.switchOff(channel.id)),
    switchOn,
    remove: () => run(changes.remove(channel.id)),
    save: (body, icon) => run(changes.change(channel.id, body, icon), (saved) => saved.iconFailure),
  }
}
