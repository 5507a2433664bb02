import type { Item } from './ingest.types.ts'

/** Texts in R2. */
export type Blobs = {
  get: (key: string) => Promise<string | null>
  put: (key: string, text: string) => Promise<void>
  delete: (key: string) => Promise<void>
}

/** A row of D1 holds 2 MB; texts with more characters than this are kept in R2, with their key where the text would stand. */
export const MAX_TEXT = 300_000

/** The event with a text that fits a row. Doing it twice puts the same text in the same place. */
export async function spillLarge(blobs: Pick<Blobs, 'put'>, prefix: string, item: Item): Promise<Item> {
  const text = item.body()
  if (text.length <= MAX_TEXT) return item
  const key = `${prefix}/${item.part}-${item.unit}`
  await blobs.put(key, text)
  return { ...item, body: () => `blob:${key}` }
}
