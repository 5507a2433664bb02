import { parseJson } from '../json.ts'

/** A small cupboard in the browser. `isLasting` is false where the browser keeps nothing for a frame in another site. */
export type Cupboard = {
  readonly isLasting: boolean
  read(key: string): unknown
  write(key: string, value: unknown): void
  remove(key: string): void
  /** All keys that begin so. */
  keys(prefix: string): string[]
}

/** `open` is a function because touching `localStorage` throws where it is blocked. */
export function openCupboard(open: () => Storage): Cupboard {
  const memory = new Map<string, unknown>()
  let storage: Storage | undefined
  try {
    storage = open()
    storage.setItem('kaiwa:probe', '1')
    storage.removeItem('kaiwa:probe')
  } catch {
    storage = undefined
  }
  return {
    isLasting: storage !== undefined,
    read(key) {
      const text = storage?.getItem(key)
      return typeof text === 'string' ? parseJson(text) : memory.get(key)
    },
    write(key, value) {
      memory.set(key, value)
      try {
        storage?.setItem(key, JSON.stringify(value))
      } catch {
        // Full: the value lives on in memory until the page goes.
        storage?.removeItem(key)
      }
    },
    remove(key) {
      memory.delete(key)
      storage?.removeItem(key)
    },
    keys(prefix) {
      const stored = Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? '')
      return [...new Set([...stored, ...memory.keys()])].filter((key) => key.startsWith(prefix))
    },
  }
}
