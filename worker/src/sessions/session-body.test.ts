import { describe, expect, it } from 'vitest'
import { readSessionBody } from './session-body.ts'

const body = { portalId: '60000001', userId: '1800000000601' }
const json = JSON.stringify(body)
const form = 'portalId=60000001&userId=1800000000601'

describe("what Desk's proxy sends", () => {
  it.each([
    ['application/json', json],
    ['application/json; charset=UTF-8', json],
    ['application/x-www-form-urlencoded', form],
    ['application/x-www-form-urlencoded', json],
    ['text/plain;charset=UTF-8', json],
    ['', form],
  ])('is read as %s %s', (type, text) => {
    expect(readSessionBody(text, type)).toEqual(body)
  })

  it.each([
    ['text/xml', '<a/>', 415, 'request.content_type'],
    ['multipart/form-data; boundary=x', form, 415, 'request.content_type'],
    ['application/json', '', 400, 'request.malformed'],
    ['application/json', '{"portalId":', 400, 'request.malformed'],
    ['application/json', 'null', 422, 'request.invalid'],
    ['application/json', '[]', 422, 'request.invalid'],
    ['application/json', '{"portalId":60000001,"userId":"1"}', 422, 'request.invalid'],
    ['application/x-www-form-urlencoded', 'portalId=1', 422, 'request.invalid'],
    ['application/json', '{"portalId":"1","userId":"../agents/1"}', 422, 'request.invalid'],
  ])('is refused as %s %s', (type, text, status, code) => {
    expect(() => readSessionBody(text, type)).toThrow(expect.objectContaining({ status, code }))
  })

  it('is told which field is wrong, what was wrong and what is accepted, without what was sent', () => {
    try {
      readSessionBody('{"portalId":"secret","userId":"1"}', 'application/json')
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        details: { in: 'body', issues: [{ field: 'portalId', problem: 'not in the right form' }] },
      })
      expect(JSON.stringify(error)).not.toContain('secret')
    }
  })
})
