import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import { channelRows } from '../channels/channels.model.ts'
import { Chip } from '../channels/Chip.tsx'
import { Places } from '../channels/Places.tsx'
import { statusesOf } from '../channels/status.model.ts'

/** Whether each channel may send, with its limits as bars. */
export function MaySend(): JSX.Element | null {
  const { words, setup, go } = useSettings()
  if (setup.value === null) return null
  const { rows } = channelRows(setup.value)
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="may-send-title" data-testid="may-send">
      <div class="section-head">
        <h2 id="may-send-title">{words.t('overview.maySend')}</h2>
        <button type="button" class="link-button" onClick={() => go('numbers')}>
          {words.t('overview.toChannels')}
        </button>
      </div>
      <ul class="cards cards-wide">
        {rows.map(({ channel, number }) => (
          <li key={channel.id} class="card channel-card">
            <div class="channel-head">
              <div class="channel-names">
                <h3 class="channel-title">
                  <bdi>{channel.name.toWellFormed()}</bdi>
                </h3>
                <bdi class="quiet" dir="ltr">
                  {channel.displayPhoneNumber}
                </bdi>
              </div>
              {number === undefined ? null : (
                <Chip standing={number.standing} state={channel.state === 'on' ? 'on' : 'off'} />
              )}
            </div>
            {number === undefined ? null : (
              <>
                {statusesOf(number.standing)
                  .filter(({ tone }) => tone !== 'good')
                  .map(({ key }) => (
                    <p key={key} class="overview-status">
                      {words.t(key)}
                    </p>
                  ))}
                <Places standing={number.standing} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
