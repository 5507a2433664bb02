import type { JSX } from 'preact'
import type { ChannelView, NumberView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { SetupFailureNote } from '../setup/FailureNote.tsx'
import { ChannelForm } from './ChannelForm.tsx'
import { ChannelIcon } from './ChannelIcon.tsx'
import { Chip } from './Chip.tsx'
import { draftOf } from './form.model.ts'
import { Refused } from './Refused.tsx'
import { StatusText } from './StatusText.tsx'
import { OffDialog, OnDialog, RemoveDialog } from './SwitchDialogs.tsx'
import { useChannel } from './use-channel.ts'

export type ChannelCardProps = { channel: ChannelView; number: NumberView | undefined; businessId: string | null }

/** One channel: how it stands, its switch, and its settings where they are edited. */
export function ChannelCard({ channel, number, businessId }: ChannelCardProps): JSX.Element {
  const { words, setup, origin, go } = useSettings()
  const actions = useChannel(channel)
  const { dialog, isBusy, failure, close } = actions
  const isOn = channel.state === 'on'
  const department = setup.value?.desk.departments.find(({ id }) => id === channel.departmentId)?.name
  const iconUrl = channel.iconUrl === undefined ? null : new URL(channel.iconUrl, origin).href
  // Each of them is done where the number was set up.
  const toSetUp = (): void => go('numbers', channel.phoneNumberId)
  const repairs = {
    retry: toSetUp,
    reconnect: toSetUp,
    change_number: toSetUp,
    change_name: toSetUp,
    enter_pin: toSetUp,
  }
  const asked = { channel, isBusy, failure, onClose: close }
  return (
    <li class="card channel-card" data-testid="channel" data-channel-id={channel.id} data-state={channel.state}>
      <div class="channel-head">
        <ChannelIcon name={channel.name} url={iconUrl} />
        <div class="channel-names">
          <h3 class="channel-title">
            <bdi>{channel.name.toWellFormed()}</bdi>
          </h3>
          <span class="quiet">
            <bdi dir="ltr">{channel.displayPhoneNumber}</bdi>
            {department === undefined ? null : <> · {department}</>}
          </span>
        </div>
        {number === undefined ? null : <Chip standing={number.standing} state={isOn ? 'on' : 'off'} />}
        <Switch
          label={words.t('channel.switch', { name: channel.name.toWellFormed() })}
          isOn={isOn}
          isBusy={isBusy}
          onToggle={actions.toggle}
          testId="channel-switch"
        />
      </div>
      {channel.held === 0 ? null : (
        <p class="channel-held" data-testid="channel-held">
          {words.t(isOn ? 'channel.catchingUp' : 'channel.held', { count: channel.held })}
        </p>
      )}
      {number === undefined ? null : <StatusText standing={number.standing} businessId={businessId} isOff={!isOn} />}
      {number?.failure === undefined || number.failure === null ? null : (
        <SetupFailureNote failure={number.failure} repairs={repairs} />
      )}
      {failure !== null && dialog === 'none' ? <Refused failure={failure} /> : null}
      {dialog === 'edit' ? (
        <ChannelForm
          initial={draftOf(channel)}
          displayPhoneNumber={channel.displayPhoneNumber}
          iconUrl={iconUrl}
          submitLabel={words.t('channel.save')}
          failure={failure}
          isBusy={isBusy}
          onSubmit={actions.save}
          onCancel={close}
        />
      ) : (
        <div class="channel-actions">
          <Button onClick={() => actions.open('edit')} testId="channel-edit">
            {words.t('channel.edit')}
          </Button>
          <Button onClick={() => actions.open('remove')} testId="channel-remove-open">
            {words.t('channel.remove')}
          </Button>
        </div>
      )}
      {dialog === 'off' ? <OffDialog {...asked} onConfirm={actions.switchOff} /> : null}
      {dialog === 'on' ? <OnDialog {...asked} onConfirm={actions.switchOn} /> : null}
      {dialog === 'remove' ? <RemoveDialog {...asked} onConfirm={actions.remove} /> : null}
    </li>
  )
}
