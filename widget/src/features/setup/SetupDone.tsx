import type { JSX } from 'preact'
import type { NumberView, SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'

/** The end of the wizard: what works now, and what to try first. */
export function SetupDone({ number, setup }: { number: NumberView; setup: SetupView }): JSX.Element {
  const { words, navigation } = useSettings()
  const channel = setup.channels.items.find(({ phoneNumberId }) => phoneNumberId === number.phoneNumberId)
  const department = setup.desk.departments.find(({ id }) => id === channel?.departmentId)
  return (
    <section class="done" data-testid="setup-done">
      <span class="done-mark">
        <Icon name="check" size={32} />
      </span>
      <h1>{words.t('setup.done.title')}</h1>
      <p>
        {words.t('setup.done.text', {
          number: number.displayPhoneNumber,
          department: department?.name ?? channel?.name ?? '',
        })}
      </p>
      <p class="quiet">{words.t('setup.done.try')}</p>
      <div class="card-actions">
        <Button isPrimary onClick={() => navigation.go('numbers')} testId="setup-finish">
          {words.t('setup.done.go')}
        </Button>
      </div>
    </section>
  )
}
