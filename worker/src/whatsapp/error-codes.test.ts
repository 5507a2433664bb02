import { describe, expect, it } from 'vitest'
import { failureSchema } from '../../../contract/index.ts'
import { errorCode, failureOf } from './error-codes.ts'

const error = (code: number | null, details: string | null = null) => ({
  code,
  title: 'Title',
  message: 'Message',
  details,
})

describe('error codes', () => {
  it.each([
    [190, 'channel', 'token_invalid'],
    [0, 'channel', 'token_invalid'],
    [250, 'channel', 'permission_missing'],
    [131000, 'transient', 'meta_unavailable'],
    [130429, 'throttle', 'too_fast'],
    [131056, 'throttle', 'too_fast_to_customer'],
    [131047, 'permanent', 'window_closed'],
    [368, 'channel', 'policy_block'],
    [999999, 'permanent', 'unknown'],
    [null, 'permanent', 'unknown'],
  ])('%s is %s: %s', (code, errorClass, key) => {
    expect(errorCode(code)).toMatchObject({ class: errorClass, key })
  })

  it('become a failure with the code, a key, who repairs it and one action', () => {
    expect(failureOf([error(null), error(131047, 'More than 24 hours have passed.')])).toEqual({
      metaCode: 131047,
      key: 'window_closed',
      who: 'agent',
      action: 'template',
      details: 'More than 24 hours have passed.',
    })
  })

  it('become a failure even when Meta gave no error at all', () => {
    expect(failureSchema.parse(failureOf([]))).toMatchObject({ metaCode: null, key: 'unknown', details: null })
  })
})
