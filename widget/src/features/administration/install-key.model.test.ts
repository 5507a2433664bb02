import { expect, it } from 'vitest'
import { NOW, setup } from '../../../test/setup-fixtures.ts'
import { isKeySettled } from '../../state/settings/install-key.ts'
import { keyState } from './install-key.model.ts'

const { desk } = setup()
const used = { ...desk, keyUsedAt: NOW }
const placed = { ...desk, isKeyPlaced: true }

it.each([
  ['is unchecked while nobody has used it', desk, 'none', false, 'unchecked'],
  ['works once somebody has', used, 'none', false, 'works'],
  ['is placed where the Worker put it', placed, 'none', false, 'placed'],
  ['is to be pasted while it is shown', placed, 'none', true, 'unchecked'],
  ['says what the last check said', used, 'fails', false, 'fails'],
] as const)('the key %s', (_, of, check, isShown, expected) => {
  expect(keyState(of, check, isShown)).toBe(expected)
})

it('leaves nothing to do once it is placed or was used', () => {
  expect([isKeySettled(desk), isKeySettled(used), isKeySettled(placed)]).toEqual([false, true, true])
})
