import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import { ChannelIcon } from './ChannelIcon.tsx'

export type ChannelPreviewProps = {
  name: string
  iconUrl: string | null
  displayPhoneNumber: string
  department: string | null
}

/** How agents will see the channel. */
export function ChannelPreview({ name, iconUrl, displayPhoneNumber, department }: ChannelPreviewProps): JSX.Element {
  const { words } = useSettings()
  return (
    <aside class="channel-preview" aria-label={words.t('channel.preview')} data-testid="channel-preview">
      <p class="quiet">{words.t('channel.preview')}</p>
      <div class="card channel-preview-card">
        <ChannelIcon name={name} url={iconUrl} />
        <div class="channel-names">
          <bdi class="channel-title">{name.trim() === '' ? words.t('channel.nameEmpty') : name.toWellFormed()}</bdi>
          <bdi class="quiet" dir="ltr">
            {displayPhoneNumber}
          </bdi>
          {department === null ? null : (
            <span class="quiet">{words.t('channel.inDepartment', { name: department })}</span>
          )}
        </div>
      </div>
    </aside>
  )
}
