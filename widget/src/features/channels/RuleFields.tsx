import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import type { ChannelSettings } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Choice } from '../../ui/Choice.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { Draft, DraftErrors } from './form.model.ts'

const RULES = ['automatic', 'by_hand', 'after'] as const

function ruleOf(value: string): ChannelSettings['ticketRule'] {
  return RULES.find((rule) => rule === value) ?? 'automatic'
}

export type RuleFieldsProps = { draft: Draft; errors: DraftErrors; onChange: (change: Partial<Draft>) => void }

/** When messages become tickets, and the finer rules that most leave as they are. */
export function RuleFields({ draft, errors, onChange }: RuleFieldsProps): JSX.Element {
  const { words } = useSettings()
  const id = useId()
  const said = (key: keyof Draft): string | null => (errors[key] === undefined ? null : words.t(errors[key]))
  return (
    <>
      <Choice
        legend={words.t('channel.rule')}
        value={draft.ticketRule}
        options={[
          { value: 'automatic', label: words.t('channel.ruleAutomatic'), hint: words.t('channel.ruleAutomaticHint') },
          { value: 'after', label: words.t('channel.ruleAfter'), hint: words.t('channel.ruleAfterHint') },
          { value: 'by_hand', label: words.t('channel.ruleByHand'), hint: words.t('channel.ruleByHandHint') },
        ]}
        onChange={(value) => onChange({ ticketRule: ruleOf(value) })}
        testId="channel-rule"
      />
      {draft.ticketRule === 'after' ? (
        <TextField
          label={words.t('channel.minutes')}
          value={draft.minutes}
          error={said('minutes')}
          onInput={(minutes) => onChange({ minutes })}
          inputTestId="channel-minutes"
          testId="channel-minutes-field"
        />
      ) : null}
      <details class="form-more" open={said('reopenDays') !== null || said('burstSeconds') !== null}>
        <summary>{words.t('channel.more')}</summary>
        <div class="form">
          <TextField
            label={words.t('channel.reopen')}
            hint={words.t('channel.reopenHint')}
            value={draft.reopenDays}
            error={said('reopenDays')}
            onInput={(reopenDays) => onChange({ reopenDays })}
            inputTestId="channel-reopen"
          />
          <TextField
            label={words.t('channel.burst')}
            hint={words.t('channel.burstHint')}
            value={draft.burstSeconds}
            error={said('burstSeconds')}
            onInput={(burstSeconds) => onChange({ burstSeconds })}
            inputTestId="channel-burst"
          />
          <div class="check">
            <input
              id={`${id}-public`}
              type="checkbox"
              aria-describedby={`${id}-public-hint`}
              checked={draft.publicComments}
              data-testid="channel-public"
              onChange={(event) => onChange({ publicComments: event.currentTarget.checked })}
            />
            <div class="choice-text">
              <label for={`${id}-public`}>{words.t('channel.public')}</label>
              <span class="quiet" id={`${id}-public-hint`}>
                {words.t('channel.publicHint')}
              </span>
            </div>
          </div>
        </div>
      </details>
    </>
  )
}
