import { isObject, step } from './json.ts'

/** A body that was changed in one place. */
export type Mutant = { what: string; body: unknown }

const LONG = 'x'.repeat(70_000)

/** Values that hardly anything may have. `null` is not among them: both platforms take it for "not given". */
const STRANGE: readonly { name: string; value: unknown }[] = [
  { name: 'an object', value: {} },
  { name: 'a list', value: [] },
  { name: 'true', value: true },
  { name: 'another word', value: 'another word' },
  { name: 'a long text', value: LONG },
]

/** The body with one part taken out or made strange, for every part of it. */
export function mutantsOf(body: unknown): Mutant[] {
  return placesIn(body).flatMap((place) => {
    const at = place.map((part) => `/${step(part)}`).join('')
    const changed = STRANGE.map(({ name, value }) => ({ what: `${at} is ${name}`, body: replaced(body, place, value) }))
    return [{ what: `${at} is gone`, body: replaced(body, place, undefined) }, ...changed]
  })
}

function placesIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [[name], ...placesIn(inner).map((place) => [name, ...place])])
}

/** A copy with another value at a place; `undefined` takes the part out. */
function replaced(body: unknown, place: readonly string[], value: unknown): unknown {
  const [name, ...rest] = place
  if (name === undefined) return value
  if (Array.isArray(body)) {
    return body.flatMap((item: unknown, at) => {
      if (String(at) !== name) return [item]
      const changed = replaced(item, rest, value)
      return changed === undefined ? [] : [changed]
    })
  }
  if (!isObject(body)) return body
  const { [name]: before, ...others } = body
  const changed = replaced(before, rest, value)
  return changed === undefined ? others : { ...body, [name]: changed }
}
