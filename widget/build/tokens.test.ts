import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rootClasses } from '../src/state/preferences.model.ts'

const css = readFileSync(resolve(import.meta.dirname, '../src/styles/tokens.css'), 'utf8')

type Rule = { classes: string[]; values: [string, string][] }

const rules: Rule[] = [...css.matchAll(/^([.:][^{]+)\{([^}]*)\}/gm)].map(([, selector = '', body = '']) => ({
  classes: selector
    .trim()
    .split('.')
    .filter((name) => name !== '' && name !== ':root'),
  values: [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]),
}))

/** What the cascade gives for these classes: all of a rule's classes must be there, and more of them win. */
function tokens(classes: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  const matching = rules.filter((rule) => rule.classes.every((name) => classes.includes(name)))
  for (const rule of matching.toSorted((a, b) => a.classes.length - b.classes.length)) {
    for (const [name, value] of rule.values) found.set(name, value)
  }
  return found
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const PAGE = ['--bg', '--bg-hover', '--bg-secondary', '--tint']
const READABLE: [text: string, on: string[]][] = [
  ['--text', [...PAGE, '--bg-chip', '--bg-tertiary']],
  ['--text-secondary', PAGE],
  ['--brand', PAGE],
  ['--warning', ['--bg', '--bg-secondary']],
  ['--danger', ['--bg', '--bg-secondary']],
  ['--on-fill', ['--fill']],
]
/** Controls and signs need 3:1. */
const VISIBLE: [sign: string, on: string[]][] = [
  ['--edge', ['--bg', '--bg-secondary']],
  ['--read', ['--tint']],
  ['--danger', ['--tint']],
  ['--warning', ['--tint']],
  ['--success', ['--bg']],
]

const looks = ['light', 'dark', 'pureDark'].flatMap((appearance) =>
  ['blue', 'green', 'orange', 'red', 'yellow'].map((theme) => ({ appearance, theme })),
)

describe.each(looks)('$appearance, $theme', (look) => {
  const found = tokens(rootClasses(look, false))
  const ratio = (a: string, b: string): number => contrast(found.get(a) ?? '', found.get(b) ?? '')

  it.each(READABLE)('%s can be read', (text, grounds) => {
    for (const ground of grounds) expect([text, ground, ratio(text, ground) >= 4.5]).toEqual([text, ground, true])
  })

  it.each(VISIBLE)('%s can be seen', (sign, grounds) => {
    for (const ground of grounds) expect([sign, ground, ratio(sign, ground) >= 3]).toEqual([sign, ground, true])
  })
})

it('is the only place with colours', () => {
  const folder = resolve(import.meta.dirname, '../src/styles')
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.css') && file !== 'tokens.css')) {
    const text = readFileSync(resolve(folder, name), 'utf8')
    expect([name, text.match(/#[0-9a-f]{3,8}\b/gi)]).toEqual([name, null])
  }
})
