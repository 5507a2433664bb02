import type { JSX } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ChannelIcon } from './ChannelIcon.tsx'
import { prepareIcon } from './icon.ts'

export type IconFieldProps = { name: string; url: string | null; onChange: (icon: Blob) => void }

/** Chooses the channel's picture; it is cut and made smaller here, the Worker looks at the bytes once more. */
export function IconField({ name, url, onChange }: IconFieldProps): JSX.Element {
  const { words } = useSettings()
  const input = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<WordKey | null>(null)
  const id = useId()

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return
    const prepared = await prepareIcon(file)
    setError(prepared.ok ? null : prepared.reason)
    if (prepared.ok) onChange(prepared.icon)
  }

  return (
    <div class="field icon-field" role="group" aria-labelledby={`${id}-label`}>
      <ChannelIcon name={name} url={url} size="large" />
      <div class="icon-field-text">
        <span id={`${id}-label`} class="field-label">
          {words.t('channel.icon')}
        </span>
        <p class="field-hint" id={`${id}-hint`}>
          {words.t('channel.iconHint')}
        </p>
        <Button onClick={() => input.current?.click()} testId="channel-icon-choose">
          {words.t(url === null ? 'channel.iconChoose' : 'channel.iconChange')}
        </Button>
        <input
          ref={input}
          class="hidden"
          type="file"
          accept="image/png,image/jpeg"
          tabIndex={-1}
          aria-label={words.t('channel.icon')}
          data-testid="channel-icon"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
        {error === null ? null : (
          <p class="field-error" role="alert" data-testid="channel-icon-error">
            {words.t(error)}
          </p>
        )}
      </div>
    </div>
  )
}
