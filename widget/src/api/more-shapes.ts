import { contract } from 'virtual:contract/more'
import type { MoreShapes } from '../../build/more-shapes.ts'
import type { Reader } from './http.ts'
import { passes } from './check.ts'

export type { MoreShapes } from '../../build/more-shapes.ts'

/** Reads what the contract calls `name`; undefined for anything else. */
export function moreShape<K extends keyof MoreShapes>(name: K): Reader<MoreShapes[K]> {
  const check = contract.shapes[name]
  const matches = (json: unknown): json is MoreShapes[K] => check !== undefined && passes(check, json, contract.shared)
  return (json) => (matches(json) ? json : undefined)
}
