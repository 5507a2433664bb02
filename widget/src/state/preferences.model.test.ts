import { expect, it } from 'vitest'
import { rootClasses } from './preferences.model.ts'

it.each([
  [{}, false, 'theme-blue appearance-light font-puvi'],
  [{}, true, 'theme-blue appearance-light font-puvi'],
  [{ appearance: 'auto' }, true, 'theme-blue appearance-dark font-puvi'],
  [{ appearance: 'auto' }, false, 'theme-blue appearance-light font-puvi'],
  [{ appearance: 'dark', theme: 'red' }, false, 'theme-red appearance-dark font-puvi'],
  [{ appearance: 'pureDark', fontFamily: 'Lato' }, false, 'theme-blue appearance-dark pure-dark font-lato'],
  [{ appearance: 'sepia', theme: 'pink', fontFamily: 'Comic' }, true, 'theme-blue appearance-light font-puvi'],
])('%j, system dark %s: %s', (preferences, systemIsDark, classes) => {
  expect(rootClasses(preferences, systemIsDark).join(' ')).toBe(classes)
})
