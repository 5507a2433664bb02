import { describe, expect, it } from 'vitest'
import { errorOf, MetaKit } from '../testkit.ts'
import { PairLimit, Rate } from './limits.ts'

describe('the pair limit', () => {
  const sendMany = (limit: PairLimit, count: number, at: number): number => {
    let passed = 0
    for (let index = 0; index < count; index += 1) {
      if (!limit.isFree('a', at)) continue
      limit.count('a', at)
      passed += 1
    }
    return passed
  }

  it('lets one message go every 6 seconds for ever', () => {
    const limit = new PairLimit()
    for (let second = 0; second < 600; second += 6) expect(sendMany(limit, 1, second * 1_000)).toBe(1)
  })

  it('lends 45 within 6 seconds, to be waited for afterwards', () => {
    const limit = new PairLimit()
    expect(sendMany(limit, 60, 0)).toBe(45)
    expect(limit.isFree('a', 45 * 6_000 - 1)).toBe(false)
    expect(limit.isFree('a', 45 * 6_000)).toBe(true)
    expect(limit.isFree('b', 0)).toBe(true)
  })

  it('makes a burst of 20 wait two minutes', () => {
    const limit = new PairLimit()
    sendMany(limit, 20, 0)
    expect(limit.isFree('a', 119_999)).toBe(false)
    expect(limit.isFree('a', 120_000)).toBe(true)
  })
})

describe('a rate', () => {
  it('counts what lies within the window', () => {
    const rate = new Rate(1_000)
    expect(rate.add('a', 0)).toBe(1)
    expect(rate.add('a', 999)).toBe(2)
    expect(rate.add('a', 1_000)).toBe(2)
    expect(rate.within('b', 1_000)).toBe(0)
  })
})

describe('sending too fast', () => {
  it('is refused with 131056 to one person and goes on later', async () => {
    const kit = await MetaKit.start()
    await kit.write()
    const answers = await Promise.all(Array.from({ length: 46 }, () => kit.send()))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(45)
    expect(errorOf(await kit.send())).toMatchObject({ status: 400, code: 131056 })
    expect((await kit.send({ to: '+447700900124' })).status).toBe(200)
    await kit.control('clock', { advanceMs: 45 * 6_000 })
    expect((await kit.send()).status).toBe(200)
    await kit.stop()
  })

  it('is refused with 130429 from one number, messages in and out counted', async () => {
    const kit = await MetaKit.start()
    await kit.control('settings', { throughputPerSecond: 3, pairLimit: false })
    await kit.write()
    await kit.send()
    await kit.send()
    expect(errorOf(await kit.send())).toMatchObject({ status: 400, code: 130429 })
    await kit.control('clock', { advanceMs: 1_000 })
    expect((await kit.send()).status).toBe(200)
    await kit.stop()
  })
})
