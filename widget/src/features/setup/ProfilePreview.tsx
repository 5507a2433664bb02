import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import { Icon } from '../../ui/Icon.tsx'
import { initial } from '../ticket/header.model.ts'
import type { ProfileForm } from './profile.model.ts'

/** The business as its customers will see it. */
export function ProfilePreview({ form, number }: { form: ProfileForm; number: string | null }): JSX.Element {
  const { words } = useSettings()
  const name = form.displayName.trim()
  const websites = form.websites.filter((address) => address.trim() !== '')
  const lines = [form.about, form.address, form.email, ...websites].filter((line) => line.trim() !== '')
  return (
    <aside class="preview" aria-label={words.t('setup.preview.title')} data-testid="profile-preview">
      <p class="preview-title">{words.t('setup.preview.title')}</p>
      <div class="phone">
        <div class="phone-bar">
          <span class="phone-face" aria-hidden="true">
            {name === '' ? <Icon name="person" /> : initial(name)}
          </span>
          <bdi class="phone-name">{name === '' ? words.t('setup.preview.name') : name}</bdi>
        </div>
        <div class="phone-body">
          <span class="phone-face phone-face-large" aria-hidden="true">
            {name === '' ? <Icon name="person" size={24} /> : initial(name)}
          </span>
          <bdi class="phone-name phone-name-large">{name === '' ? words.t('setup.preview.name') : name}</bdi>
          {number === null ? null : (
            <bdi class="quiet" dir="ltr">
              {number}
            </bdi>
          )}
          {form.vertical === '' ? null : <p class="quiet">{words.t(`setup.vertical.${form.vertical}`)}</p>}
          <p class={form.description.trim() === '' ? 'phone-text quiet' : 'phone-text'} dir="auto">
            {form.description.trim() === '' ? words.t('setup.preview.description') : form.description}
          </p>
          {lines.map((line, at) => (
            <p key={at} class="phone-line quiet" dir="auto">
              {line}
            </p>
          ))}
        </div>
      </div>
    </aside>
  )
}
