import { describe, expect, it } from 'vitest'
import { hmacHex, isSameText, open, seal } from './crypto.ts'

const keys = { k2: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', k1: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=' }

describe('sealed secrets', () => {
  it('open with the same context and any key still held', async () => {
    const sealed = await seal(keys, 'org_1:token', 'EAAx')
    expect(sealed.startsWith('k2.')).toBe(true)
    expect(await open({ k1: keys.k1, k2: keys.k2 }, 'org_1:token', sealed)).toBe('EAAx')
  })

  it('stay closed for another context, an unknown key and altered bytes', async () => {
    const sealed = await seal(keys, 'org_1:token', 'EAAx')
    await expect(open(keys, 'org_2:token', sealed)).rejects.toThrow()
    await expect(open({ k1: keys.k1 }, 'org_1:token', sealed)).rejects.toThrow(/does not hold/)
    await expect(open(keys, 'org_1:token', `${sealed.slice(0, -4)}AAA=`)).rejects.toThrow()
  })
})

it('signs as Meta does', async () => {
  const body = '{"object":"whatsapp_business_account","entry":[]}'
  expect(await hmacHex('demo-app-secret', body)).toBe(
    'd6003bedf605fdf46943662e7d2065e132f4b26764d6ec946ba3fae527acafc2',
  )
})

it('compares texts whatever their length', async () => {
  expect(await isSameText('same', 'same')).toBe(true)
  expect(await isSameText('same', 'other text')).toBe(false)
})
