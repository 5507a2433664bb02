import type { JSX } from 'preact'
import type { MessageContent } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { Icon } from '../../ui/Icon.tsx'
import { useRowTabIndex } from '../../ui/tab-index.ts'
import { coordinates, mapUrl, orderTotals } from './content.model.ts'
import { MessageText } from './MessageText.tsx'

type Of<K extends MessageContent['kind']> = { content: Extract<MessageContent, { kind: K }> }

export function LocationContent({ content }: Of<'location'>): JSX.Element {
  const { words } = usePane()
  const tabIndex = useRowTabIndex()
  const url = mapUrl(content)
  const point = coordinates(content)
  return (
    <div class="card">
      <span class="label">
        <Icon name="pin" size={14} /> {words.t('location.label')}
      </span>
      {content.name === null ? null : <bdi class="card-title">{content.name}</bdi>}
      {content.address === null ? null : <bdi>{content.address}</bdi>}
      {point === null ? null : <bdi class="quiet">{point}</bdi>}
      {url === null ? null : (
        <a href={url} target="_blank" rel="noopener noreferrer" tabIndex={tabIndex}>
          {words.t('location.open')}
        </a>
      )}
    </div>
  )
}

export function ContactsContent({ content }: Of<'contacts'>): JSX.Element {
  const { words } = usePane()
  return (
    <div class="card">
      <span class="label">
        <Icon name="person" size={14} /> {words.t('contacts.label', { count: content.contacts.length })}
      </span>
      {content.contacts.map((contact, index) => (
        <div class="card-part" key={index}>
          <bdi class="card-title">{contact.name}</bdi>
          {contact.organisation === null ? null : <bdi class="quiet">{contact.organisation}</bdi>}
          {contact.phones.map(({ phone }) => (
            <bdi key={phone} dir="ltr">
              {phone}
            </bdi>
          ))}
          {contact.emails.map(({ email }) => (
            <bdi key={email}>{email}</bdi>
          ))}
        </div>
      ))}
    </div>
  )
}

export function OrderContent({ content }: Of<'order'>): JSX.Element {
  const { words, dates } = usePane()
  const totals = orderTotals(content)
  return (
    <div class="card">
      <span class="label">
        <Icon name="cart" size={14} /> {words.t('order.label')}
      </span>
      <ul class="order">
        {content.items.map(({ sku, quantity, price, currency }, index) => (
          <li key={index}>
            <span>
              {dates.number(quantity)} × <bdi>{sku}</bdi>
            </span>
            {price === null ? null : <span>{dates.amount(price * quantity, currency ?? '')}</span>}
          </li>
        ))}
      </ul>
      {totals.map(({ amount, currency }) => (
        <strong class="order-total" key={currency}>
          {words.t('order.total', { amount: dates.amount(amount, currency) })}
        </strong>
      ))}
      {content.note === null || content.note === '' ? null : <MessageText text={content.note} />}
    </div>
  )
}

export function FormContent({ content }: Of<'form'>): JSX.Element {
  const { words } = usePane()
  return (
    <div class="card">
      <span class="label">
        <Icon name="form" size={14} /> {words.t('form.label')}
      </span>
      {content.fields.length === 0 ? null : (
        <dl class="form">
          {content.fields.map(({ key, value }, index) => (
            <div key={index}>
              <dt dir="auto">{key}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {content.raw === null || content.raw === '' ? null : <MessageText text={content.raw} />}
    </div>
  )
}

export function ChoiceContent({ content }: Of<'choice'>): JSX.Element {
  const { words } = usePane()
  return (
    <div class="card">
      <span class="label">
        <Icon name={content.source === 'list' ? 'list' : 'check'} size={14} /> {words.t(`choice.${content.source}`)}
      </span>
      <MessageText text={content.title} />
      {content.description === null ? null : <bdi class="quiet">{content.description}</bdi>}
    </div>
  )
}

export function TemplateContent({ content }: Of<'template'>): JSX.Element {
  const { words } = usePane()
  return (
    <>
      <span class="label">
        <Icon name="form" size={14} /> {words.t('template.label', { name: content.name })}
      </span>
      <MessageText text={content.text} />
    </>
  )
}
