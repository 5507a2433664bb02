import { describe, expect, it } from 'vitest'
import { setupFixture } from '../../../test/channel-fixtures.ts'
import { channelRows } from './channels.model.ts'

const setup = setupFixture()

describe('the list of channels', () => {
  it('stands in the order of the names, with each number and its business', () => {
    const { rows } = channelRows(setup)
    expect(rows.map(({ channel, number, businessId }) => [channel.name, number?.phoneNumberId, businessId])).toEqual([
      ['Orders', '800101', '7001'],
      ['Support', '800100', '7001'],
    ])
  })

  it('keeps a channel whose number is not known any more', () => {
    const { rows } = channelRows({ ...setup, numbers: [] })
    expect(rows.map(({ number, businessId }) => [number, businessId])).toEqual([
      [undefined, null],
      [undefined, null],
    ])
  })

  it('counts channels that are off, and not those removed', () => {
    const { used, limit } = channelRows(setup)
    expect([used, limit]).toEqual([2, 3])
  })

  it('offers numbers that are ready for a channel and have none', () => {
    expect(channelRows(setup).free.map(({ phoneNumberId }) => phoneNumberId)).toEqual(['800103'])
  })
})
