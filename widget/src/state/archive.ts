import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { ArchivedMessageView, ArchiveList } from '../../../contract/index.ts'
import type { ApiFailure, ApiResult } from '../api/http.ts'
import { withMessages } from './archive.model.ts'

type Phase = 'loading' | 'ready' | 'failed'

/** A list that is read page by page. */
export type Pages<T> = {
  readonly items: ReadonlySignal<readonly T[]>
  readonly phase: ReadonlySignal<Phase>
  readonly failure: ReadonlySignal<ApiFailure | null>
  readonly hasMore: ReadonlySignal<boolean>
  /** Begins again; what is shown stays until the answer is here. */
  load(): Promise<void>
  /** What came meanwhile; a failure changes nothing that is shown. */
  refresh(): Promise<void>
  more(): Promise<void>
}

type Page<T> = { items: T[]; cursor: string | null }
type Read<T> = (cursor: string | null) => Promise<{ ok: true; value: Page<T> } | { ok: false; error: ApiFailure }>

/** Reads page by page; `join` puts what came to what is held. */
export function createPages<T>(
  read: Read<T>,
  join: (held: readonly T[], more: readonly T[]) => readonly T[],
): Pages<T> {
  const items = signal<readonly T[]>([])
  const phase = signal<Phase>('loading')
  const failure = signal<ApiFailure | null>(null)
  const cursor = signal<string | null>(null)
  const hasMore = signal(false)
  let turn = 0

  async function fetch(kind: 'load' | 'more'): Promise<void> {
    const mine = ++turn
    phase.value = 'loading'
    const answer = await read(kind === 'more' ? cursor.peek() : null)
    if (mine !== turn) return
    batch(() => {
      phase.value = answer.ok ? 'ready' : 'failed'
      failure.value = answer.ok ? null : answer.error
      if (!answer.ok) return
      items.value = join(kind === 'more' ? items.peek() : [], answer.value.items)
      cursor.value = answer.value.cursor
      hasMore.value = answer.value.cursor !== null
    })
  }

  return {
    items,
    phase,
    failure,
    hasMore,
    load: () => fetch('load'),
    more: () => fetch('more'),
    async refresh() {
      if (phase.peek() !== 'ready') return
      const mine = turn
      const answer = await read(null)
      if (mine === turn && answer.ok) {
        batch(() => {
          if (items.peek().length === 0) {
            cursor.value = answer.value.cursor
            hasMore.value = answer.value.cursor !== null
          }
          items.value = join(items.peek(), answer.value.items)
        })
      }
    },
  }
}

/** The address of an archive's route; what is null or empty is left out. */
export function archivePath(phoneNumberId: string, rest: string, search: Record<string, string | null>): string {
  const given = Object.entries(search).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, value]],
  )
  const query = new URLSearchParams(given)
  return `/api/numbers/${phoneNumberId}/archive${rest}${query.size === 0 ? '' : `?${query}`}`
}

export type Chat = Pages<ArchivedMessageView>

/** What was written with one person; more pages are older. */
export function createChat(
  read: (path: string) => Promise<ApiResult<ArchiveList>>,
  phoneNumberId: string,
  phone: string,
): Chat {
  return createPages<ArchivedMessageView>(
    (cursor) => read(archivePath(phoneNumberId, '', { phone, cursor })),
    withMessages,
  )
}
