import type { JSX } from 'preact'
import { usePane } from '../../state/pane.ts'

/** Older messages are on their way, or could not be read. Lies over the thread: it must not push what is being read. */
export function LoadingOlder(): JSX.Element | null {
  const { words, thread } = usePane()
  if (thread.pageFailed.value) {
    return (
      <div class="older" role="status" data-testid="older-failed">
        <span>{words.t('thread.olderFailed')}</span>
        <button type="button" class="link-button" onClick={() => void thread.loadOlder()}>
          {words.t('action.tryAgain')}
        </button>
      </div>
    )
  }
  return thread.isLoadingOlder.value ? (
    <div class="older" data-testid="older-loading">
      <span class="spinner" aria-hidden="true" />
      <span>{words.t('thread.olderLoading')}</span>
    </div>
  ) : null
}
