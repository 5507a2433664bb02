import { effect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { usePane } from '../../state/pane.ts'
import type { ShownMessage } from '../thread/rows.model.ts'
import type { MediaView } from './content.model.ts'
import { mediaView } from './content.model.ts'

/** A file's address is signed for 15 minutes at least; it is read again before that while its bubble is shown. */
const FRESH_MS = 10 * 60_000

export type Media = { view: MediaView; onError: () => void; tryAgain: () => void }

/** The file of a shown message, with an address that works. */
export function useMedia(message: ShownMessage): Media {
  const { thread, clock, origin, retry } = usePane()
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null)
  const view = mediaView(message, origin)

  useEffect(
    () =>
      effect(() => {
        if (clock.now.value - thread.receivedAt(message) > FRESH_MS) void thread.refresh(message)
      }),
    [message, clock, thread],
  )

  const tryAgain = (): void => {
    setBrokenUrl(null)
    // A file that the Worker could not get is fetched anew; one whose address is over only needs another address.
    void (message.media?.state === 'failed' && 'id' in message ? retry(message.id) : thread.refresh(message))
  }

  return {
    view: view.state === 'ready' && view.url === brokenUrl ? { state: 'failed' } : view,
    onError: () => {
      if (view.state !== 'ready') return
      setBrokenUrl(view.url)
      void thread.refresh(message)
    },
    tryAgain,
  }
}
