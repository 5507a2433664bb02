import type { JSX } from 'preact'
import type { AccountView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'

export type OwnWebhookProps = {
  webhook: NonNullable<AccountView['ownWebhook']>
  /** Says what is to be done with it, where the person may not have done it yet. */
  isTask?: boolean
}

/** Where the app of one's own must send its webhooks: without that nothing of the account arrives here. */
export function OwnWebhook({ webhook, isTask = false }: OwnWebhookProps): JSX.Element {
  const { words } = useSettings()
  return (
    <div class={isTask ? 'card own-webhook' : 'own-webhook'} data-testid="own-webhook">
      {isTask ? (
        <>
          <h2>{words.t('setup.ownApp.webhookTitle')}</h2>
          <p>{words.t('setup.ownApp.webhookText')}</p>
        </>
      ) : null}
      <dl class="facts facts-wide">
        <div>
          <dt>{words.t('setup.account.webhook')}</dt>
          <dd>
            <code dir="ltr" class="claim-text">
              {webhook.url}
            </code>
          </dd>
        </div>
        <div>
          <dt>{words.t('setup.account.verifyToken')}</dt>
          <dd>
            <code dir="ltr" class="claim-text">
              {webhook.verifyToken}
            </code>
          </dd>
        </div>
      </dl>
    </div>
  )
}
