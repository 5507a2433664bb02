import { expect, it } from 'vitest'
import { SerialRunner } from './serial-runner.ts'

it('never runs twice at once and runs again for a kick in between', async () => {
  let running = 0
  let most = 0
  let runs = 0
  const runner = new SerialRunner(
    async () => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      runs += 1
      running -= 1
      return null
    },
    () => undefined,
  )
  await Promise.all([runner.kick(), runner.kick(), runner.kick()])
  expect(most).toBe(1)
  expect(runs).toBe(2)
  const first = runner.kick()
  await Promise.resolve()
  const second = runner.kick()
  await Promise.all([first, second])
  expect(runs).toBe(4)
})

it('reports an error and can be kicked again', async () => {
  const errors: unknown[] = []
  let isBroken = true
  const runner = new SerialRunner(
    async () => {
      if (isBroken) throw new Error('broken')
      return 5
    },
    (error) => errors.push(error),
  )
  await runner.kick()
  expect(errors).toHaveLength(1)
  expect(runner.nextAt).toBeNaN()
  isBroken = false
  await runner.kick()
  expect(runner.nextAt).toBe(5)
})
