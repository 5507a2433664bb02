import type { JSX } from 'preact'
import { usePane } from '../../state/pane.ts'
import type { ShownMessage } from '../thread/rows.model.ts'
import {
  ChoiceContent,
  ContactsContent,
  FormContent,
  LocationContent,
  OrderContent,
  TemplateContent,
} from './CardContents.tsx'
import { MediaContent } from './MediaContent.tsx'
import { MessageText } from './MessageText.tsx'

/** What WhatsApp could not hand over, or what this version does not know: readable all the same, never an empty bubble. */
function Unreadable({ type, reason }: { type: string | null; reason: string | null }): JSX.Element {
  const { words } = usePane()
  return (
    <div class="placeholder">
      <span>{type === null ? words.t('message.unsupported') : words.t('message.unsupportedType', { type })}</span>
      {reason === null ? null : <bdi class="quiet">{reason}</bdi>}
    </div>
  )
}

/** The body of a bubble: one component for each kind WhatsApp has. Kinds that are lines never come here. */
export function BubbleContent({ message }: { message: ShownMessage }): JSX.Element {
  const { content } = message
  switch (content.kind) {
    case 'text':
      return <MessageText text={content.text} />
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return <MediaContent content={content} message={message} />
    case 'location':
      return <LocationContent content={content} />
    case 'contacts':
      return <ContactsContent content={content} />
    case 'order':
      return <OrderContent content={content} />
    case 'form':
      return <FormContent content={content} />
    case 'choice':
      return <ChoiceContent content={content} />
    case 'template':
      return <TemplateContent content={content} />
    case 'unsupported':
      return <Unreadable type={content.type} reason={content.reason} />
    case 'unknown':
      return <Unreadable type={content.type} reason={null} />
    default:
      return <MessageText text={message.summary} />
  }
}
