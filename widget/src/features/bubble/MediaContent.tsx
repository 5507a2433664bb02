import type { JSX } from 'preact'
import { usePane } from '../../state/pane.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useRowTabIndex } from '../../ui/tab-index.ts'
import type { ShownMessage } from '../thread/rows.model.ts'
import type { MediaContent as Content } from './content.model.ts'
import { fileName } from './content.model.ts'
import { MessageText } from './MessageText.tsx'
import type { Media } from './use-media.ts'
import { useMedia } from './use-media.ts'

type Props = { content: Content; message: ShownMessage }
type ReadyProps = Props & { url: string; media: Media }

function Picture({ content, url, media }: ReadyProps): JSX.Element {
  const { words } = usePane()
  const tabIndex = useRowTabIndex()
  const isSticker = content.kind === 'sticker'
  const label = words.t(isSticker ? 'media.sticker' : 'media.image')
  const image = <img src={url} alt={label} loading="lazy" decoding="async" onError={media.onError} />
  if (isSticker) return <span class="sticker">{image}</span>
  return (
    <a
      class="picture"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      tabIndex={tabIndex}
      title={words.t('media.open')}
    >
      {image}
    </a>
  )
}

function Film({ url, media }: ReadyProps): JSX.Element {
  const { words } = usePane()
  const tabIndex = useRowTabIndex()
  return (
    <video
      class="film"
      src={url}
      controls
      preload="metadata"
      tabIndex={tabIndex}
      aria-label={words.t('media.video')}
      onError={media.onError}
    />
  )
}

/** What the file is, in a word. */
function kindWord(content: Content): WordKey {
  return content.kind === 'audio' && content.isVoice ? 'media.voice' : `media.${content.kind}`
}

function Sound({ content, url, media }: ReadyProps): JSX.Element {
  const { words } = usePane()
  const tabIndex = useRowTabIndex()
  const label = words.t(kindWord(content))
  return (
    <div class="sound">
      <span class="label">
        <Icon name="mic" size={14} /> {label}
      </span>
      <audio src={url} controls preload="none" tabIndex={tabIndex} aria-label={label} onError={media.onError} />
    </div>
  )
}

function Paper({ content, message, url }: ReadyProps): JSX.Element {
  const { words, dates } = usePane()
  const tabIndex = useRowTabIndex()
  const size = message.media?.size ?? null
  return (
    <a class="file" href={url} target="_blank" rel="noopener noreferrer" tabIndex={tabIndex}>
      <span class="file-icon">
        <Icon name="file" size={20} />
      </span>
      <span class="file-text">
        <bdi class="file-name">{fileName(content, message) ?? words.t('media.document')}</bdi>
        <span class="quiet">{size === null ? words.t('media.open') : dates.fileSize(size)}</span>
      </span>
    </a>
  )
}

const READY = { image: Picture, sticker: Picture, video: Film, audio: Sound, document: Paper }

/** While the file is on its way, or when it cannot be had: a box of the same size, so that nothing jumps later. */
function Missing({ content, media }: { content: Content; media: Media }): JSX.Element {
  const { words } = usePane()
  const tabIndex = useRowTabIndex()
  const isPending = media.view.state === 'pending'
  return (
    <div class={`missing missing-${content.kind}`} data-testid={isPending ? 'media-pending' : 'media-failed'}>
      <Icon name={isPending ? 'clock' : 'alert'} />
      <span>
        {words.t(kindWord(content))}
        {' · '}
        {words.t(isPending ? 'media.pending' : 'media.failed')}
      </span>
      {isPending ? null : (
        <Button tabIndex={tabIndex} onClick={media.tryAgain}>
          {words.t('action.tryAgain')}
        </Button>
      )}
    </div>
  )
}

/** A picture, film, sound, sticker or document with its caption. */
export function MediaContent({ content, message }: Props): JSX.Element {
  const media = useMedia(message)
  const Ready = READY[content.kind]
  const { caption } = content.media
  return (
    <>
      {media.view.state === 'ready' ? (
        <Ready content={content} message={message} url={media.view.url} media={media} />
      ) : (
        <Missing content={content} media={media} />
      )}
      {caption === null || caption === '' ? null : <MessageText text={caption} />}
    </>
  )
}
