import { expect, it } from 'vitest'
import { dialogStepWord } from './facebook.model.ts'

it.each([
  ['PHONE_NUMBER_VERIFICATION', 'setup.dialog.code'],
  ['PERMISSIONS', 'setup.dialog.permissions'],
  ['A_STEP_OF_NEXT_YEAR', null],
  [null, null],
])('says in words where Meta’s dialog was left: %s', (step, word) => {
  expect(dialogStepWord(step)).toBe(word)
})
