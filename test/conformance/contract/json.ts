/** A JSON object whose members are looked at before they are used. */
export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One step of a JSON Pointer, escaped. */
export function step(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The steps of `a/b~1c`, unescaped. */
export function steps(pointer: string): string[] {
  if (pointer === '') return []
  return pointer.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What lies at a pointer without its leading `#/`; undefined where nothing does. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root
  for (const part of steps(pointer)) {
    if (Array.isArray(value)) value = value[Number(part)]
    else value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined
  }
  return value
}

/** The same for an object. Throws an Error that names the pointer when none is there. */
export function objectAt(root: unknown, pointer: string): JsonObject {
  const value = valueAt(root, pointer)
  if (!isObject(value)) throw new Error(`the contract has no object at ${pointer}`)
  return value
}

export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Equality of JSON values; the order of members does not count. */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isSameJson(item, right[index]))
  }
  if (!isObject(left) || !isObject(right)) return Object.is(left, right)
  const names = Object.keys(left)
  if (names.length !== Object.keys(right).length) return false
  return names.every((name) => Object.hasOwn(right, name) && isSameJson(left[name], right[name]))
}
