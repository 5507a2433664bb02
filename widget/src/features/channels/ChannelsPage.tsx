import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { channelRows } from './channels.model.ts'
import { ChannelCard } from './ChannelCard.tsx'

export type ChannelsPageProps = {
  /** Opens setting up at this number's channel; null: with a number that is still to be added. */
  onSetUp: (phoneNumberId: string | null) => void
}

/** All channels with how they stand, and the numbers that have none yet. */
export function ChannelsPage({ onSetUp }: ChannelsPageProps): JSX.Element | null {
  const { words, dates, setup } = useSettings()
  if (setup.value === null) return null
  const { rows, free, used, limit } = channelRows(setup.value)
  const isFull = used >= limit
  return (
    <section class="channels" aria-labelledby="channels-title" data-testid="channels">
      <h1 class="hidden">{words.t('settings.numbers')}</h1>
      <div class="section-head">
        <h2 id="channels-title">{words.t('channel.title')}</h2>
        <span class="quiet" data-testid="channels-used">
          {words.t('channel.ofDepartments', { used: dates.number(used), limit: dates.number(limit) })}
        </span>
      </div>
      {rows.length === 0 ? <p class="quiet">{words.t('channel.none')}</p> : null}
      <ul class="cards">
        {rows.map((row) => (
          <ChannelCard key={row.channel.id} {...row} />
        ))}
        {free.map((number) => (
          <li key={number.phoneNumberId} class="card channel-free" data-testid="channel-free">
            <span>
              <bdi dir="ltr">{number.displayPhoneNumber}</bdi>{' '}
              <span class="quiet">{words.t(isFull ? 'channel.noMore' : 'channel.noneYet')}</span>
            </span>
            {isFull ? null : (
              <Button onClick={() => onSetUp(number.phoneNumberId)} testId="channel-add">
                {words.t('channel.create')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
