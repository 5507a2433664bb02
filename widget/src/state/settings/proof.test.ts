import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHttp } from '../../api/http.ts'
import { parseJson } from '../../json.ts'
import { adminSession, NOW } from '../../../test/setup-fixtures.ts'
import { createClock } from '../clock.ts'
import { createProof } from './proof.ts'
import { makeVerifier } from './verifier.ts'
import type { WindowDoor } from './windows.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW) })
})
afterEach(() => {
  vi.useRealTimers()
})

function world({ isBlocked = false, answers = [] as Response[] } = {}) {
  const opened: string[] = []
  const closed: string[] = []
  const sent: unknown[] = []
  const proven: string[] = []
  let tell: (data: unknown) => void = () => undefined
  const windows: WindowDoor = {
    origin: 'https://widget.example',
    open(url = '') {
      if (isBlocked) return null
      opened.push(url)
      return { go: () => undefined, close: () => closed.push(url) }
    },
    listen(handler) {
      tell = handler
      return () => undefined
    },
  }
  const http = createHttp('', async (_, { body }) => {
    sent.push(typeof body === 'string' ? parseJson(body) : body)
    return answers.shift() ?? Response.json(adminSession)
  })
  let made = 0
  const proof = createProof({
    http,
    origin: 'https://w.example',
    windows,
    clock: createClock(),
    verifier: async () => ({ verifier: `v${++made}`, challenge: `c${made}` }),
    where: { portalId: '6', dataCentre: 'JP', locale: 'ja', origin: windows.origin },
    onProven: (purpose) => proven.push(purpose),
  })
  return { proof, opened, closed, sent, proven, tell: (data: unknown) => tell(data) }
}

const settled = () => vi.advanceTimersByTimeAsync(0)

describe('signing in', () => {
  it('opens a window for this portal, and takes the code that it posts', async () => {
    const { proof, opened, closed, sent, proven, tell } = world()
    const asked = proof.ask('proof')
    await settled()
    proof.openWindow()
    const { pathname, searchParams } = new URL(opened[0] ?? '')
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([
      '/admin/sign-in',
      {
        challenge: 'c1',
        portalId: '6',
        dataCentre: 'JP',
        locale: 'ja',
        purpose: 'proof',
        origin: 'https://widget.example',
      },
    ])
    expect(proof.signIn.value?.state).toBe('waiting')
    tell({ source: 'kaiwa.sign_in', code: 'code-1' })
    await settled()
    expect(await asked).toBe(true)
    expect(sent).toEqual([{ code: 'code-1', verifier: 'v1' }])
    expect(proof.token()).toBe('proof-1')
    expect([proof.signIn.value, closed.length, proven]).toEqual([null, 1, ['proof']])
  })

  it('takes a code that was pasted, blanks and all', async () => {
    const { proof, sent } = world()
    void proof.ask('connect')
    await settled()
    await proof.submit(' code 1\n')
    expect(sent).toEqual([{ code: 'code1', verifier: 'v1' }])
  })

  it('does not send a code twice, nor one that nobody waits for', async () => {
    const { proof, sent, tell } = world()
    tell({ source: 'kaiwa.sign_in', code: 'early' })
    void proof.ask('proof')
    await settled()
    tell({ source: 'kaiwa.sign_in', code: 'code' })
    tell({ source: 'kaiwa.sign_in', code: 'code' })
    tell({ source: 'kaiwa.sign_in' })
    await settled()
    expect(sent).toEqual([{ code: 'code', verifier: 'v1' }])
  })

  it('says so when the window was blocked', async () => {
    const { proof } = world({ isBlocked: true })
    void proof.ask('proof')
    await settled()
    proof.openWindow()
    expect(proof.signIn.value?.state).toBe('blocked')
    expect(proof.address.value).toContain('/admin/sign-in?')
  })

  it('still takes the right code after a wrong one', async () => {
    const refused = Response.json(
      { error: { code: 'administration.code_invalid', message: 'm', requestId: 'r' } },
      { status: 401 },
    )
    const { proof, sent } = world({ answers: [refused] })
    void proof.ask('proof')
    await settled()
    await proof.submit('old')
    expect(proof.signIn.value).toMatchObject({ state: 'asked', failure: { code: 'administration.code_invalid' } })
    await proof.submit('right')
    expect([sent.at(-1), proof.token()]).toEqual([{ code: 'right', verifier: 'v1' }, 'proof-1'])
  })

  it('tells everybody who waits when it is declined', async () => {
    const { proof } = world()
    const asked = Promise.all([proof.ask('proof'), proof.ask('proof')])
    await settled()
    proof.decline()
    expect(await asked).toEqual([false, false])
  })

  it('is over when its time is over', async () => {
    const { proof } = world()
    void proof.ask('proof')
    await settled()
    await proof.submit('code')
    await vi.advanceTimersByTimeAsync(30 * 60_000)
    expect([proof.current.value, proof.token()]).toEqual([null, undefined])
  })
})

it('makes a verifier whose hash is the challenge', async () => {
  const { verifier, challenge } = await makeVerifier((bytes) => bytes.fill(251))
  expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(challenge).toMatch(/^[A-Za-z0-9_-]{43}$/)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))
  const decoded = Uint8Array.from(atob(challenge.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0),
  )
  expect(decoded).toEqual(hash)
})
