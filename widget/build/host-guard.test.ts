import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'

type Listener = (event: { source: unknown; origin: string; stopImmediatePropagation: () => void }) => void

/** Runs the page's own script in a world with one parent, and says whether a message would reach the SDK. */
function guarded(search: string): (message: { source: unknown; origin: string }) => boolean {
  const listeners: Listener[] = []
  const world = {
    URLSearchParams,
    location: { search },
    parent,
    addEventListener: (_: string, listener: Listener) => listeners.push(listener),
  }
  runInNewContext(readFileSync(new URL('../public/host-guard.js', import.meta.url), 'utf8'), world)
  return (message) => {
    let passes = true
    for (const listener of listeners) {
      listener({
        ...message,
        stopImmediatePropagation: () => {
          passes = false
        },
      })
    }
    return passes
  }
}

const parent = { name: 'Desk' }
const desk = 'https://desk.example'

describe('the guard before the SDK', () => {
  const reaches = guarded(`?serviceOrigin=${encodeURIComponent(desk)}&isDevMode=false`)
  it.each([
    ['Desk itself', { source: parent, origin: desk }, true],
    ['another frame at Desk’s origin', { source: {}, origin: desk }, false],
    ['the parent after it went elsewhere', { source: parent, origin: 'https://evil.example' }, false],
    ['a frame without an origin', { source: parent, origin: 'null' }, false],
  ])('%s', (_, message, passes) => {
    expect(reaches(message)).toBe(passes)
  })

  it('lets nobody through when no origin was announced', () => {
    expect(guarded('')({ source: parent, origin: 'null' })).toBe(false)
  })
})
