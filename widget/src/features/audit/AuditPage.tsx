import type { JSX } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { AuditEntry } from '../../../../contract/index.ts'
import { createAudit } from '../../state/settings/audit.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Refusal } from '../administration/Refusal.tsx'
import { SettingsSkeleton } from '../administration/SettingsSkeleton.tsx'
import { useCall } from '../administration/use-call.ts'
import { ErrorPanel } from '../pane/ErrorPanel.tsx'
import type { DetailLine, DetailValue } from './audit.details.model.ts'
import { detailLines } from './audit.details.model.ts'
import { ACTION_WORDS } from './audit.model.ts'
import { saveFile } from './save-file.ts'

const ACTORS: Record<AuditEntry['actor']['kind'], WordKey> = {
  administrator: 'audit.actor.administrator',
  agent: 'audit.actor.agent',
  operator: 'audit.actor.operator',
  system: 'audit.actor.system',
}

function Value({ value }: { value: DetailValue }): JSX.Element {
  const { words, dates } = useSettings()
  if ('word' in value) return <>{words.t(value.word)}</>
  return <bdi>{'instant' in value ? dates.full(value.instant) : value.text}</bdi>
}

/** One fact: what it is, what it was where it changed, and what it is now. */
function Detail({ line: { field, from, to } }: { line: DetailLine }): JSX.Element {
  const { words } = useSettings()
  return (
    <span>
      {'word' in field ? words.t(field.word) : field.text}
      {': '}
      {from === undefined ? null : (
        <>
          <Value value={from} />{' '}
          <span aria-label={words.t('audit.became')}>{words.direction === 'rtl' ? '←' : '→'}</span>{' '}
        </>
      )}
      <Value value={to} />
    </span>
  )
}

function Entry({ entry }: { entry: AuditEntry }): JSX.Element {
  const { words, dates, setup } = useSettings()
  const lines = detailLines(entry, setup.value?.desk.departments ?? [])
  return (
    <li class="audit-entry" data-testid="audit-entry" data-action={entry.action}>
      <time class="audit-time" dateTime={entry.at}>
        {dates.full(entry.at)}
      </time>
      <div class="audit-what">
        <p>
          {words.t(ACTION_WORDS[entry.action])}
          {entry.target === null ? null : (
            <>
              {' · '}
              <bdi class="audit-target">{entry.target}</bdi>
            </>
          )}
        </p>
        {lines.length === 0 ? null : (
          <p class="quiet audit-details">
            {lines.map((line) => (
              <Detail key={line.key} line={line} />
            ))}
          </p>
        )}
      </div>
      <span class="audit-who">
        {entry.actor.kind === 'system' ? words.t('audit.actor.system') : <bdi>{entry.actor.name}</bdi>}
        {entry.actor.kind === 'system' ? null : <span class="quiet">{words.t(ACTORS[entry.actor.kind])}</span>}
      </span>
    </li>
  )
}

/** Who did what, newest first, and all of it as a file. */
export function AuditPage(): JSX.Element {
  const settings = useSettings()
  const { words } = settings
  const audit = useMemo(() => createAudit(settings), [settings])
  const call = useCall()
  useEffect(() => {
    void audit.load()
  }, [audit])
  const entries = audit.entries.value
  const failure = audit.failure.value
  const phase = audit.phase.value
  const save = (): Promise<boolean> =>
    call.run(async () => {
      const answer = await audit.csv()
      if (!answer.ok) return answer.error
      saveFile(answer.value, 'kaiwa-audit.csv')
      return null
    })

  return (
    <div class="stack">
      <div class="page-head">
        <div>
          <h1>{words.t('settings.audit')}</h1>
          <p class="quiet">{words.t('audit.lead')}</p>
        </div>
        <Button isBusy={call.isBusy} onClick={() => void save()} testId="audit-csv">
          {words.t('audit.save')}
        </Button>
      </div>
      <Refusal failure={call.failure} />
      {entries.length === 0 && phase === 'loading' ? <SettingsSkeleton /> : null}
      {failure === null ? null : (
        <ErrorPanel words={words} failure={failure} onRetry={() => void audit.load()} isPart />
      )}
      {entries.length === 0 && phase === 'ready' ? (
        <Panel icon="list" title={words.t('audit.emptyTitle')} isPart testId="audit-empty">
          <p>{words.t('audit.emptyText')}</p>
        </Panel>
      ) : null}
      {entries.length === 0 ? null : (
        <ol class="audit" data-testid="audit">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {audit.hasMore.value ? (
        <div class="page-more">
          <Button isBusy={phase === 'loading'} onClick={() => void audit.more()} testId="audit-more">
            {words.t('audit.more')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
