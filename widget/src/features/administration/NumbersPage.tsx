import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { isFocusLost } from '../../ui/focus.ts'
import { ArchivePage } from '../archive/ArchivePage.tsx'
import { ChannelsPage } from '../channels/ChannelsPage.tsx'
import { AccountCard } from '../setup/AccountCard.tsx'
import { Wizard } from '../setup/Wizard.tsx'
import { isSetUp } from '../setup/wizard.model.ts'
import { DeskCard } from './DeskCard.tsx'
import { InstallKeyCard } from './InstallKeyCard.tsx'

/** The card of Desk stands first or last by how Desk is connected: whoever changed that goes along with it. */
function useFollowDesk({ state }: SetupView['desk']): void {
  const before = useRef(state)
  useEffect(() => {
    if (before.current === state) return
    before.current = state
    if (isFocusLost()) document.querySelector<HTMLElement>('[data-desk-heading]')?.focus()
  }, [state])
}

/** Channels, the numbers and accounts behind them, and how Desk is connected; or the wizard, where something is being set up. */
export function NumbersPage({ setup }: { setup: SetupView }): JSX.Element {
  const { words, navigation } = useSettings()
  useFollowDesk(setup.desk)
  const archived = setup.numbers.find(({ phoneNumberId }) => phoneNumberId === navigation.archive.value)
  if (archived !== undefined) return <ArchivePage number={archived} />
  if (navigation.wizard.value !== null || !isSetUp(setup)) return <Wizard setup={setup} />
  // Without Desk no message becomes a ticket, so that stands first until it is put right.
  const isConnected = setup.desk.state === 'connected'
  return (
    <div class="stack">
      {isConnected ? null : <DeskCard desk={setup.desk} />}
      <ChannelsPage
        onSetUp={(phoneNumberId) => {
          const [account] = setup.accounts
          if (phoneNumberId !== null) navigation.openWizard({ kind: 'number', id: phoneNumberId })
          else if (account === undefined) navigation.openWizard({ kind: 'connect' })
          else navigation.openWizard({ kind: 'add', wabaId: account.wabaId })
        }}
      />
      <h2 class="section-title">{words.t('setup.accounts.title')}</h2>
      {setup.accounts.map((account) => (
        <AccountCard key={account.wabaId} account={account} setup={setup} />
      ))}
      <div>
        <Button onClick={() => navigation.openWizard({ kind: 'connect' })} testId="connect-account">
          {words.t('setup.accounts.connect')}
        </Button>
      </div>
      <h2 class="section-title">{words.t('setup.connection.title')}</h2>
      {isConnected ? <DeskCard desk={setup.desk} /> : null}
      <InstallKeyCard desk={setup.desk} />
    </div>
  )
}
