import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { AuditEntry } from '../../../../contract/index.ts'
import type { ApiFailure, ApiResult } from '../../api/http.ts'
import { settingsShape } from '../../api/settings-shapes.ts'
import type { Settings } from './settings.ts'

export type Audit = {
  readonly entries: ReadonlySignal<readonly AuditEntry[]>
  readonly phase: ReadonlySignal<'loading' | 'ready' | 'failed'>
  readonly failure: ReadonlySignal<ApiFailure | null>
  /** Whether older entries are to be had. */
  readonly hasMore: ReadonlySignal<boolean>
  /** Begins again with the newest. */
  load(): Promise<void>
  more(): Promise<void>
  /** All entries as CSV; takes an administrator's proof. */
  csv(): Promise<ApiResult<Blob>>
}

/** The mark at the beginning tells spreadsheets that it is UTF-8. */
const asCsv = (_: unknown, text = ''): Blob => new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' })
const readList = settingsShape('auditList')

export function createAudit({ read, change }: Pick<Settings, 'read' | 'change'>): Audit {
  const entries = signal<readonly AuditEntry[]>([])
  const phase = signal<'loading' | 'ready' | 'failed'>('loading')
  const failure = signal<ApiFailure | null>(null)
  const cursor = signal<string | null>(null)
  const hasMore = signal(false)
  let turn = 0

  async function fetch(after: string | null): Promise<void> {
    const mine = ++turn
    phase.value = 'loading'
    const answer = await read(readList, `/api/audit${after === null ? '' : `?cursor=${encodeURIComponent(after)}`}`)
    if (mine !== turn) return
    batch(() => {
      phase.value = answer.ok ? 'ready' : 'failed'
      failure.value = answer.ok ? null : answer.error
      if (!answer.ok) return
      const { items } = answer.value
      entries.value = after === null ? items : [...entries.peek(), ...items]
      cursor.value = answer.value.cursor
      hasMore.value = answer.value.cursor !== null
    })
  }

  return {
    entries,
    phase,
    failure,
    hasMore,
    load: () => fetch(null),
    more: () => fetch(cursor.peek()),
    csv: () => change(asCsv, 'GET', '/api/audit.csv'),
  }
}
