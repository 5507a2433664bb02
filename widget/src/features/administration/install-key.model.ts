import type { SetupView } from '../../../../contract/index.ts'
import type { KeyCheck } from '../../state/settings/install-key.ts'

/** `placed`: the Worker wrote it into Desk itself; `unchecked`: nobody has used it yet. */
export type KeyState = 'placed' | 'works' | 'fails' | 'checking' | 'unchecked'

export function keyState(desk: SetupView['desk'], check: KeyCheck, isShown: boolean): KeyState {
  if (check !== 'none') return check
  if (desk.keyUsedAt !== null) return 'works'
  return desk.isKeyPlaced && !isShown ? 'placed' : 'unchecked'
}
