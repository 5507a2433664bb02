import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { Facts } from './Facts.tsx'
import { Refusal } from './Refusal.tsx'
import { useCall } from './use-call.ts'

function Disconnect({ onClose }: { onClose: () => void }): JSX.Element {
  const { words, calls } = useSettings()
  const call = useCall()
  const disconnect = async (): Promise<void> => {
    if (await call.run(calls.disconnectDesk)) onClose()
  }
  return (
    <Dialog
      title={words.t('setup.desk.disconnectTitle')}
      closeLabel={words.t('action.close')}
      onClose={onClose}
      testId="disconnect-desk-dialog"
      actions={
        <>
          <Button onClick={onClose}>{words.t('action.cancel')}</Button>
          <Button isDanger isBusy={call.isBusy} onClick={() => void disconnect()} testId="disconnect-desk-confirm">
            {words.t('setup.desk.disconnect')}
          </Button>
        </>
      }
    >
      <p>{words.t('setup.desk.disconnectText')}</p>
      <Refusal failure={call.failure} />
    </Dialog>
  )
}

const STATES: Record<SetupView['desk']['state'], WordKey> = {
  connected: 'setup.desk.connected',
  revoked: 'setup.desk.revoked',
  disconnected: 'setup.desk.disconnected',
}

/** Desk shouts it: `ENTERPRISE`. */
const editionOf = (edition: string | null): string | null =>
  edition === null ? null : edition.slice(0, 1).toUpperCase() + edition.slice(1).toLowerCase()

/** How Zoho Desk is connected, and as whom. */
export function DeskCard({ desk }: { desk: SetupView['desk'] }): JSX.Element {
  const { words, calls, proof } = useSettings()
  const [isAsking, setIsAsking] = useState(false)
  const call = useCall()
  const facts: [WordKey, string | null][] = [
    ['setup.desk.portal', desk.portalName ?? desk.portalId],
    ['setup.desk.by', desk.connectedBy],
    ['setup.desk.edition', editionOf(desk.edition)],
    ['setup.desk.departments', desk.departments.map(({ name }) => name).join(', ')],
  ]
  const isConnected = desk.state === 'connected'
  return (
    <section class="card" data-testid="desk-card" data-state={desk.state}>
      <div class="card-head">
        <h2 tabIndex={-1} data-desk-heading>
          Zoho Desk
        </h2>
        <span class={isConnected ? 'tag tag-good' : 'tag tag-danger'}>{words.t(STATES[desk.state])}</span>
      </div>
      {isConnected ? null : (
        <Note tone="danger">
          <p>{words.t(desk.state === 'revoked' ? 'setup.desk.revokedText' : 'setup.desk.disconnectedText')}</p>
        </Note>
      )}
      <Facts facts={facts} />
      <Refusal failure={call.failure} />
      <div class="card-actions">
        <Button isPrimary={!isConnected} onClick={() => void proof.ask('connect')} testId="connect-desk">
          {words.t(isConnected ? 'setup.desk.reconnect' : 'sign_in.connect')}
        </Button>
        {isConnected ? (
          <>
            <Button isBusy={call.isBusy} onClick={() => void call.run(calls.refreshDesk)} testId="refresh-desk">
              {words.t('setup.desk.refresh')}
            </Button>
            <Button onClick={() => setIsAsking(true)} testId="disconnect-desk">
              {words.t('setup.desk.disconnect')}
            </Button>
          </>
        ) : null}
      </div>
      {isAsking ? <Disconnect onClose={() => setIsAsking(false)} /> : null}
    </section>
  )
}
