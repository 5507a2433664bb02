import { contract } from 'virtual:contract/settings'
import type { SettingsShapes } from '../../build/settings-shapes.ts'
import { passes } from './check.ts'

export type { SettingsShapes } from '../../build/settings-shapes.ts'

/** Reads what the contract calls `name`; undefined for anything else. */
export function settingsShape<K extends keyof SettingsShapes>(
  name: K,
): (json: unknown) => SettingsShapes[K] | undefined {
  const check = contract.shapes[name]
  const matches = (json: unknown): json is SettingsShapes[K] =>
    check !== undefined && passes(check, json, contract.shared)
  return (json) => (matches(json) ? json : undefined)
}
