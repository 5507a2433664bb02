import { randomInt } from 'node:crypto'

/** The verification GET of a callback address. Resolves with why it failed, or undefined when it held. */
export async function verificationFailure(url: string, verifyToken: string): Promise<string | undefined> {
  const challenge = String(randomInt(1_000_000_000))
  try {
    const target = new URL(url)
    target.searchParams.set('hub.mode', 'subscribe')
    target.searchParams.set('hub.challenge', challenge)
    target.searchParams.set('hub.verify_token', verifyToken)
    const response = await fetch(target, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    const text = await response.text()
    if (response.status !== 200) return `HTTP Status Code = ${response.status}; HTTP Message = ${response.statusText}`
    return text === challenge ? undefined : 'The answer is not the challenge'
  } catch {
    return 'curl_errno = 7; curl_error = Failed to connect'
  }
}
