import type { JSX } from 'preact'
import { FILTERS } from '../../state/inbox.model.ts'
import { useInbox } from '../../state/inbox-page.ts'
import { usePane } from '../../state/pane.ts'
import type { WordKey } from '../../state/words.ts'
import { SelectField } from '../../ui/SelectField.tsx'

/** Which conversations, with how many there are of each, and of which channel. */
export function Filters(): JSX.Element {
  const { words, dates } = usePane()
  const { inbox } = useInbox()
  const { filter, phoneNumberId } = inbox.question.value
  const counts = inbox.counts.value
  const channels = inbox.channels.value
  return (
    <nav class="inbox-filters" aria-label={words.t('inbox.filters')}>
      <ul>
        {FILTERS.map((one) => {
          const word: WordKey = `inbox_filter.${one}`
          return (
            <li key={one}>
              <button
                type="button"
                class="inbox-filter"
                aria-current={one === filter}
                data-testid={`filter-${one}`}
                onClick={() => inbox.ask({ filter: one })}
              >
                <span>{words.t(word)}</span> <span class="inbox-count">{dates.number(counts[one])}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {channels.length < 2 && phoneNumberId === '' ? null : (
        <SelectField
          label={words.t('inbox.channel')}
          value={phoneNumberId}
          options={[
            { value: '', label: words.t('inbox.allChannels') },
            ...channels.map((channel) => ({ value: channel.phoneNumberId, label: channel.name })),
          ]}
          onChange={(value) => inbox.ask({ phoneNumberId: value })}
          inputTestId="inbox-channel"
        />
      )}
    </nav>
  )
}
