import { describe, expect, it } from 'vitest'
import { isFitting, readIcon } from './icon.model.ts'
import { jpegOf, pngOf } from './icons.test-helpers.ts'

describe('an icon', () => {
  it('is a PNG or a JPEG by its bytes', () => {
    expect(readIcon(pngOf(640, 480))).toEqual({ type: 'image/png', width: 640, height: 480 })
    expect(readIcon(jpegOf(1_024, 16))).toEqual({ type: 'image/jpeg', width: 1_024, height: 16 })
  })

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a page', new TextEncoder().encode('<!doctype html><script>alert(1)</script>'.repeat(4))],
    ['a GIF', new TextEncoder().encode(`GIF89a${'x'.repeat(100)}`)],
    ['a drawing', new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(100)}</svg>`)],
    ['the beginning of a PNG', pngOf(16, 16).slice(0, 40)],
    ['a PNG that was cut', pngOf(16, 16).slice(0, -4)],
    ['a PNG whose first chunk is another', pngOf(16, 16, 'tEXt')],
    ['the beginning of a JPEG', jpegOf(16, 16).slice(0, 12)],
    ['a JPEG that was cut', jpegOf(16, 16).slice(0, -2)],
    ['a JPEG without a frame', Uint8Array.from([0xff, 0xd8, ...Array<number>(30).fill(0xff), 0xff, 0xd9])],
  ])('is not %s', (_, bytes) => {
    expect(readIcon(bytes)).toBeNull()
  })

  it('has at most 1,024 pixels a side, and at least one', () => {
    const fits = (width: number, height: number): boolean => isFitting({ type: 'image/png', width, height })
    expect(fits(1_024, 1_024)).toBe(true)
    expect(fits(1, 1)).toBe(true)
    expect(fits(1_025, 1)).toBe(false)
    expect(fits(1, 1_025)).toBe(false)
    expect(fits(0, 16)).toBe(false)
  })
})
