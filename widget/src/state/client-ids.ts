import type { ClientId } from '../../../contract/index.ts'
import { matches } from '../api/shapes.ts'

/**
 * One id for one intent: the same content gets the same id again, so that pressing the button once more after a lost answer
 * sends nothing twice; other content is another intent.
 */
export function createClientIds(random: () => string = () => crypto.randomUUID()): (content: unknown) => ClientId {
  let held: { key: string; id: ClientId } | undefined
  return (content) => {
    const key = JSON.stringify(content)
    if (held?.key === key) return held.id
    const id = `w-${random()}`
    if (!matches('clientId', id)) throw new Error('An id was made that is none.')
    held = { key, id }
    return id
  }
}
