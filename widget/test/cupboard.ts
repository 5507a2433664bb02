import type { Cupboard } from '../src/state/storage.ts'

/** A browser's storage as tests play it: what is put in comes out as another object. */
export function createCupboard(): Cupboard {
  const held = new Map<string, unknown>()
  return {
    isLasting: true,
    read: (key) => held.get(key),
    write: (key, value) => held.set(key, structuredClone(value)),
    remove: (key) => held.delete(key),
    keys: (prefix) => [...held.keys()].filter((key) => key.startsWith(prefix)),
  }
}
