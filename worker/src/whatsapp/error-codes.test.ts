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
    [190, 'channel', 'token'],
    [0, 'channel', 'token'],
    [250, 'channel', 'permission'],
    [131000, 'transient', 'meta_down'],
    [130429, 'throttle', 'throughput'],
    [131056, 'throttle', 'pair_rate'],
    [131047, 'permanent', 'window_closed'],
    [368, 'channel', 'policy'],
    [999999, 'permanent', 'other'],
    [null, 'permanent', 'other'],
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
    expect(failureSchema.parse(failureOf([]))).toMatchObject({ metaCode: null, key: 'other', details: null })
  })
})
