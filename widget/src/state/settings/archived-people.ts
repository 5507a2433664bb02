import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { ArchivedPerson, ArchiveHistory } from '../../../../contract/index.ts'
import { settingsShape } from '../../api/settings-shapes.ts'
import type { Chat, Pages } from '../archive.ts'
import { archivePath, createChat, createPages } from '../archive.ts'
import { withPeople } from '../archive.model.ts'
import type { Settings } from './settings.ts'

export type People = Pages<ArchivedPerson> & {
  readonly history: ReadonlySignal<ArchiveHistory | null>
  /** Begins again with those whom a part of a name or number finds; the empty text finds all. */
  find(query: string): Promise<void>
}

const readPeople = settingsShape('archivePeople')
const readMessages = settingsShape('archiveList')

/** Who wrote with a number in the Business app, and how far its history is. */
export function createPeople({ read }: Pick<Settings, 'read'>, phoneNumberId: string): People {
  const history = signal<ArchiveHistory | null>(null)
  let query = ''
  const pages = createPages<ArchivedPerson>(async (cursor) => {
    const answer = await read(readPeople, archivePath(phoneNumberId, '/people', { query, cursor }))
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

/** What was written with one of them. */
export function createArchivedChat({ read }: Pick<Settings, 'read'>, phoneNumberId: string, phone: string): Chat {
  return createChat((path) => read(readMessages, path), phoneNumberId, phone)
}
