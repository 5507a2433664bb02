import type { JSX } from 'preact'
import type { MessageExtras } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { Icon } from '../../ui/Icon.tsx'
import { useRowTabIndex } from '../../ui/tab-index.ts'
import { safeUrl } from './safe-url.model.ts'

function Referral({ referral }: { referral: NonNullable<MessageExtras['referral']> }): JSX.Element {
  const { words } = usePane()
  const tabIndex = useRowTabIndex()
  const url = safeUrl(referral.url)
  const isPost = referral.sourceType === 'post'
  return (
    <div class="referral" data-testid="referral">
      <span class="label">
        <Icon name="ad" size={14} /> {words.t(isPost ? 'referral.post' : 'referral.ad')}
      </span>
      {referral.headline === null ? null : <bdi class="card-title">{referral.headline}</bdi>}
      {referral.body === null ? null : <bdi class="referral-body">{referral.body}</bdi>}
      {url === null ? null : (
        <a href={url} target="_blank" rel="noopener noreferrer" tabIndex={tabIndex}>
          {words.t('referral.open')}
        </a>
      )}
    </div>
  )
}

/** What a message brings along beside its content: where the customer came from, what they asked about, forwarding, errors. */
export function Extras({ extras, errors }: { extras: MessageExtras; errors: string[] }): JSX.Element {
  const { words } = usePane()
  const { referral, forwarded, product } = extras
  return (
    <>
      {referral === undefined ? null : <Referral referral={referral} />}
      {forwarded === undefined ? null : (
        <span class="label">
          <Icon name="forward" size={14} /> {words.t(`forwarded.${forwarded}`)}
        </span>
      )}
      {product === undefined ? null : (
        <span class="label">
          <Icon name="cart" size={14} /> {words.t('product.asked', { sku: product.sku })}
        </span>
      )}
      {errors.map((text) => (
        <span class="label" key={text}>
          <Icon name="alert" size={14} /> <bdi>{text}</bdi>
        </span>
      ))}
    </>
  )
}
