import type { ChannelView, NumberView, SetupView } from '../../../../contract/index.ts'

export type ChannelRow = { channel: ChannelView; number: NumberView | undefined; businessId: string | null }

export type ChannelRows = {
  rows: ChannelRow[]
  /** Numbers that could have a channel and have none. */
  free: NumberView[]
  /** Channels that count against the limit. */
  used: number
  limit: number
}

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name)

/** The channels to show with the facts of their numbers; removed ones are gone from here, and do not count. */
export function channelRows({
  channels,
  numbers,
  accounts,
}: Pick<SetupView, 'channels' | 'numbers' | 'accounts'>): ChannelRows {
  const shown = channels.items.filter(({ state }) => state !== 'removed').toSorted(byName)
  const taken = new Set(shown.map(({ phoneNumberId }) => phoneNumberId))
  return {
    rows: shown.map((channel) => {
      const number = numbers.find(({ phoneNumberId }) => phoneNumberId === channel.phoneNumberId)
      const account = accounts.find(({ wabaId }) => wabaId === number?.wabaId)
      return { channel, number, businessId: account?.businessId ?? null }
    }),
    free: numbers.filter(({ phoneNumberId, step }) => step === 'channel' && !taken.has(phoneNumberId)),
    used: shown.length,
    limit: channels.limit,
  }
}
