import type { SetupView } from '../../../../contract/index.ts'

/** `new`: there is none yet, or nobody has used it; `shown`: it stands on the page and is to be pasted. */
export type KeyState = 'placed' | 'works' | 'fails' | 'checking' | 'unchecked'
export type KeyCheck = 'none' | 'checking' | 'works' | 'fails'

export function keyState(desk: SetupView['desk'], check: KeyCheck, isShown: boolean): KeyState {
  if (check !== 'none') return check
  if (desk.keyUsedAt !== null) return 'works'
  return desk.isKeyPlaced && !isShown ? 'placed' : 'unchecked'
}

/** Nothing is left to do about the key. */
export function isKeySettled(desk: SetupView['desk']): boolean {
  return desk.keyUsedAt !== null || desk.isKeyPlaced
}
