import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { ChannelView, NumberView } from '../../../../contract/index.ts'
import { createChannelChanges } from '../../state/channels.ts'
import type { ApiFailure } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { ChannelForm } from './ChannelForm.tsx'
import { newDraft } from './form.model.ts'
import { Refused } from './Refused.tsx'
import { Button } from '../../ui/Button.tsx'

export type ChannelStepProps = { number: NumberView; onDone: (channel: ChannelView) => void }

/** The last step of setting up: the number's channel. Where somebody else made it meanwhile, it is the same channel. */
export function ChannelStep({ number, onDone }: ChannelStepProps): JSX.Element {
  const settings = useSettings()
  const { words, setup } = settings
  const changes = useMemo(() => createChannelChanges(settings), [settings])
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [made, setMade] = useState<{ channel: ChannelView; iconFailure: ApiFailure } | null>(null)

  if (made !== null) {
    return (
      <div class="form">
        <p>{words.t('channel.madeWithoutIcon')}</p>
        <Refused failure={made.iconFailure} />
        <div class="wizard-actions">
          <Button isPrimary onClick={() => onDone(made.channel)} testId="channel-go-on">
            {words.t('action.goOn')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <ChannelForm
      initial={newDraft(number.verifiedName ?? '', setup.peek()?.desk.departments ?? [])}
      displayPhoneNumber={number.displayPhoneNumber}
      iconUrl={null}
      submitLabel={words.t('channel.create')}
      failure={failure}
      isBusy={isBusy}
      onSubmit={(body, icon) => {
        setIsBusy(true)
        void changes.create(number.phoneNumberId, body, icon).then((answer) => {
          setIsBusy(false)
          setFailure(answer.ok ? null : answer.error)
          if (!answer.ok) return
          const { channel, iconFailure } = answer.value
          if (iconFailure === null) onDone(channel)
          else setMade({ channel, iconFailure })
        })
      }}
    />
  )
}
