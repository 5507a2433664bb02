import { describe, expect, it } from 'vitest'
import { profileDraftSchema, PROFILE_LIMITS } from '../../../../contract/index.ts'
import { account, draft, number } from '../../../test/setup-fixtures.ts'
import type { ProfileForm } from './profile.model.ts'
import { draftOf, formOf, nameHint, problemsOf } from './profile.model.ts'

const good: ProfileForm = {
  displayName: 'Example Parcels',
  vertical: 'RETAIL',
  description: 'Parcels',
  about: '',
  address: '',
  email: '',
  websites: ['', ''],
}

describe('a profile', () => {
  it('begins with what is known', () => {
    expect(formOf(account({ draft }), null).displayName).toBe('Example Parcels')
    expect(formOf(account(), number({ verifiedName: 'At Meta' })).displayName).toBe('At Meta')
    expect(formOf(account(), null).displayName).toBe('Example Ltd')
  })

  it.each<[string, Partial<ProfileForm>, string]>([
    ['without a name', { displayName: ' a ' }, 'displayName'],
    ['without a category', { vertical: '' }, 'vertical'],
    ['with half an address', { email: 'ana@' }, 'email'],
    ['with a word for a website', { websites: ['shop', ''] }, 'websites'],
    ['with another scheme', { websites: ['', 'ftp://shop.example'] }, 'websites'],
    ['with too long a description', { description: 'x'.repeat(PROFILE_LIMITS.description + 1) }, 'description'],
    ['with too long a website', { websites: [`shop.example/${'x'.repeat(256)}`, ''] }, 'websites'],
  ])('%s is not sent', (_, change, field) => {
    expect(Object.keys(problemsOf({ ...good, ...change }))).toEqual([field])
  })

  it.each<[string, Partial<ProfileForm>]>([
    ['as little as may be', { description: '' }],
    [
      'with everything',
      { about: 'a', address: 'b', email: 'ana@shop.example', websites: ['shop.example', 'http://a.example'] },
    ],
    ['as long as may be', { displayName: 'x'.repeat(75), description: 'x'.repeat(512), about: 'x'.repeat(139) }],
  ])('%s is what the Worker takes', (_, change) => {
    const form = { ...good, ...change }
    expect(problemsOf(form)).toEqual({})
    expect(profileDraftSchema.safeParse(draftOf(form)).success).toBe(true)
  })

  it.each([
    ['Example Parcels', null],
    ['EXAMPLE PARCELS', 'setup.profile.hintCapitals'],
    ['BMW', null],
    ['Example WhatsApp', 'setup.profile.hintMeta'],
    ['Parcels 📦', 'setup.profile.hintSymbols'],
    ['www.example.com', 'setup.profile.hintAddress'],
    ['サンプル運輸', null],
  ])('named %s is warned of: %s', (name, hint) => {
    expect(nameHint(name)).toBe(hint)
  })
})
