import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { copyShown } from '../ticket/copy.ts'
import type { KeyState } from './install-key.model.ts'
import { keyState } from './install-key.model.ts'
import { Refusal } from './Refusal.tsx'
import { useCall } from './use-call.ts'

const STATES: Record<KeyState, WordKey> = {
  placed: 'setup.key.placed',
  works: 'setup.key.works',
  fails: 'setup.key.fails',
  checking: 'setup.key.checking',
  unchecked: 'setup.key.unchecked',
}

const TONES: Record<KeyState, string> = {
  placed: 'tag tag-good',
  works: 'tag tag-good',
  fails: 'tag tag-danger',
  checking: 'tag',
  unchecked: 'tag tag-warning',
}

function ShownKey({ value }: { value: string }): JSX.Element {
  const { words } = useSettings()
  const shown = useRef<HTMLElement>(null)
  const [said, setSaid] = useState<WordKey | null>(null)
  const copy = (): void => {
    if (shown.current !== null)
      void copyShown(shown.current).then((isCopied) => setSaid(isCopied ? 'action.copied' : 'action.notCopied'))
  }
  return (
    <div class="key">
      <p>{words.t('setup.key.once')}</p>
      <div class="key-line">
        <code ref={shown} dir="ltr" data-testid="install-key">
          {value}
        </code>
        <Button onClick={copy} testId="install-key-copy">
          {words.t('action.copy')}
        </Button>
      </div>
      <p class="quiet" role="status">
        {said === null ? '' : words.t(said)}
      </p>
      <ol class="key-steps">
        <li>{words.t('setup.key.step1')}</li>
        <li>{words.t('setup.key.step2')}</li>
        <li>{words.t('setup.key.step3')}</li>
      </ol>
    </div>
  )
}

/** The key with which tickets' panels open their sessions: placed by itself, or shown once to be pasted, and tried out. */
export function InstallKeyCard({ desk }: { desk: SetupView['desk'] }): JSX.Element {
  const { words, installKey } = useSettings()
  const call = useCall()
  const [isAsking, setIsAsking] = useState(false)
  const key = installKey.shown.value
  const state = keyState(desk, installKey.check.value, key !== null)
  const isInUse = desk.keyUsedAt !== null || desk.isKeyPlaced

  const make = (): void => {
    setIsAsking(false)
    void call.run(installKey.make)
  }

  return (
    <section class="card" data-testid="install-key-card">
      <div class="card-head">
        <h2>{words.t('setup.key.title')}</h2>
        <span class={TONES[state]} role="status" data-testid="install-key-state" data-state={state}>
          {words.t(STATES[state])}
        </span>
      </div>
      <p class="quiet">{words.t('setup.key.text')}</p>
      {key === null ? null : <ShownKey value={key} />}
      {state === 'fails' ? (
        <Note tone="danger" testId="note" kind="install_key" isAlert>
          <p>{words.t('setup.key.failsText')}</p>
        </Note>
      ) : null}
      <Refusal failure={call.failure} />
      <div class="card-actions">
        <Button
          isPrimary={key === null && !isInUse}
          isBusy={call.isBusy}
          onClick={() => (isInUse ? setIsAsking(true) : make())}
          testId="install-key-make"
        >
          {words.t(isInUse || key !== null ? 'setup.key.replace' : 'setup.key.make')}
        </Button>
        <Button
          isPrimary={key !== null}
          isBusy={state === 'checking'}
          onClick={() => void installKey.tryOut()}
          testId="install-key-check"
        >
          {words.t('setup.key.check')}
        </Button>
      </div>
      {isAsking ? (
        <Dialog
          title={words.t('setup.key.replace')}
          closeLabel={words.t('action.close')}
          onClose={() => setIsAsking(false)}
          testId="install-key-dialog"
          actions={
            <>
              <Button onClick={() => setIsAsking(false)}>{words.t('action.cancel')}</Button>
              <Button isDanger onClick={() => make()} testId="install-key-confirm">
                {words.t('setup.key.replace')}
              </Button>
            </>
          }
        >
          <p>{words.t('setup.key.replaceText')}</p>
        </Dialog>
      ) : null}
    </section>
  )
}
