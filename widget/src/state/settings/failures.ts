import type { SetupFailure } from '../../../../contract/index.ts'
import type { ApiFailure } from '../../api/http.ts'
import { settingsShape } from '../../api/settings-shapes.ts'

const readFailure = settingsShape('setupFailure')

/** What Meta refused, in our words, where the Worker's refusal carries it. */
export function setupFailureOf(failure: ApiFailure): SetupFailure | null {
  return failure.code.startsWith('setup.') ? (readFailure(failure.details) ?? null) : null
}
