import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { NumberView, SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { focusHeading, isFocusLost } from '../../ui/focus.ts'
import { Icon } from '../../ui/Icon.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { StatusText } from '../channels/StatusText.tsx'
import { OwnWebhook } from './OwnWebhook.tsx'

const BECOMES = {
  automatic: 'setup.done.text',
  after: 'setup.done.textAfter',
  by_hand: 'setup.done.textByHand',
} as const satisfies Record<string, WordKey>

/** The end of the wizard: what works now, what to try first, and whether it may send. */
export function SetupDone({ number, setup }: { number: NumberView; setup: SetupView }): JSX.Element {
  const { words, navigation } = useSettings()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isFocusLost()) focusHeading(heading.current)
  }, [])
  const { displayPhoneNumber, phoneNumberId, standing, wabaId } = number
  const account = setup.accounts.find((item) => item.wabaId === wabaId)
  const channel = setup.channels.items.find((item) => item.phoneNumberId === phoneNumberId && item.state !== 'removed')
  const department = setup.desk.departments.find(({ id }) => id === channel?.departmentId)
  return (
    <section class="done" data-testid="setup-done">
      <span class="done-mark">
        <Icon name="check" size={32} />
      </span>
      <h1 ref={heading}>{words.t('setup.done.title')}</h1>
      <p>
        {words.t(BECOMES[channel?.ticketRule ?? 'automatic'], {
          number: displayPhoneNumber,
          department: department?.name ?? channel?.name ?? '',
        })}
      </p>
      <p class="quiet">{words.t('setup.done.try')}</p>
      <div class="card-actions">
        <LinkButton href={`https://wa.me/${displayPhoneNumber.replaceAll(/\D/g, '')}`} testId="setup-try">
          {words.t('setup.done.write')}
        </LinkButton>
        <Button isPrimary onClick={() => navigation.go('numbers')} testId="setup-finish">
          {words.t('setup.done.go')}
        </Button>
      </div>
      {account?.ownWebhook === undefined ? null : (
        <div class="done-standing">
          <OwnWebhook webhook={account.ownWebhook} isTask />
        </div>
      )}
      <div class="card done-standing">
        <h2>{words.t('overview.maySend')}</h2>
        <StatusText standing={standing} businessId={account?.businessId ?? null} />
      </div>
    </section>
  )
}
