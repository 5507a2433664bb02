import { expect, it } from 'vitest'
import { ICON_MAX_BYTES, ICON_MAX_PIXELS } from '../../../../contract/channels.ts'
import { ICON_BYTES, ICON_PIXELS, imageTypeOf, SHOWN_PIXELS, squareOf } from './icon.model.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

it('knows a picture by its bytes', () => {
  expect(imageTypeOf(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0))).toBe('image/png')
  expect(imageTypeOf(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg')
  expect(imageTypeOf(new TextEncoder().encode('<svg onload="alert(1)"/>'))).toBeNull()
  expect(imageTypeOf(new TextEncoder().encode('GIF89a'))).toBeNull()
  expect(imageTypeOf(bytes(0x89, 0x50))).toBeNull()
  expect(imageTypeOf(bytes())).toBeNull()
})

it('takes the middle and makes nothing larger', () => {
  expect(squareOf(2_000, 1_000)).toEqual({ x: 500, y: 0, side: 1_000, shown: SHOWN_PIXELS })
  expect(squareOf(64, 100)).toEqual({ x: 0, y: 18, side: 64, shown: 64 })
})

it('keeps to the limits of the contract', () => {
  expect([ICON_BYTES, ICON_PIXELS]).toEqual([ICON_MAX_BYTES, ICON_MAX_PIXELS])
  expect(SHOWN_PIXELS).toBeLessThanOrEqual(ICON_PIXELS)
})
