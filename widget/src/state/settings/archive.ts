import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { ArchivedMessageView, ArchivedPerson, ArchiveHistory } from '../../../../contract/index.ts'
import type { ApiFailure } from '../../api/http.ts'
import { settingsShape } from '../../api/settings-shapes.ts'
import { withMessages, withPeople } from './archive.model.ts'
import type { Settings } from './settings.ts'

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

export type People = Pages<ArchivedPerson> & {
  readonly history: ReadonlySignal<ArchiveHistory | null>
  /** Begins again with those whom a part of a name or number finds; the empty text finds all. */
  find(query: string): Promise<void>
}

type Page<T> = { items: T[]; cursor: string | null }
type Read<T> = (cursor: string | null) => Promise<{ ok: true; value: Page<T> } | { ok: false; error: ApiFailure }>

function createPages<T>(read: Read<T>, join: (held: readonly T[], more: readonly T[]) => readonly T[]): Pages<T> {
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

const readPeople = settingsShape('archivePeople')
const readMessages = settingsShape('archiveList')

function pathOf(phoneNumberId: string, rest: string, search: Record<string, string | null>): string {
  const given = Object.entries(search).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, value]],
  )
  const query = new URLSearchParams(given)
  return `/api/numbers/${phoneNumberId}/archive${rest}${query.size === 0 ? '' : `?${query}`}`
}

/** Who wrote with a number in the Business app, and how far its history is. */
export function createPeople({ read }: Pick<Settings, 'read'>, phoneNumberId: string): People {
  const history = signal<ArchiveHistory | null>(null)
  let query = ''
  const pages = createPages<ArchivedPerson>(async (cursor) => {
    const answer = await read(readPeople, pathOf(phoneNumberId, '/people', { query, cursor }))
    if (answer.ok) history.value = answer.value.history
    return answer
  }, withPeople)
  return {
    ...pages,
    history,
    find(wanted) {
      query = wanted
      return pages.load()
    },
  }
}

/** What was written with one person; more pages are older. */
export function createChat(
  { read }: Pick<Settings, 'read'>,
  phoneNumberId: string,
  phone: string,
): Pages<ArchivedMessageView> {
  return createPages<ArchivedMessageView>(
    (cursor) => read(readMessages, pathOf(phoneNumberId, '', { phone, cursor })),
    withMessages,
  )
}
