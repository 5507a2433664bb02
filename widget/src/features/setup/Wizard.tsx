import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { focusHeading, isFocusLost } from '../../ui/focus.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Note } from '../../ui/Note.tsx'
import { DeskCard } from '../administration/DeskCard.tsx'
import { InstallKeyCard } from '../administration/InstallKeyCard.tsx'
import { isKeySettled } from '../../state/settings/install-key.ts'
import { ChannelStep } from '../channels/ChannelStep.tsx'
import { FacebookStep } from './FacebookStep.tsx'
import { NumberStep } from './NumberStep.tsx'
import { OwnWebhook } from './OwnWebhook.tsx'
import { PaymentNote } from './PaymentNote.tsx'
import { Prerequisites } from './Prerequisites.tsx'
import { ProfileStep } from './ProfileStep.tsx'
import { SetupDone } from './SetupDone.tsx'
import { StepCard } from './StepCard.tsx'
import type { WizardStep, WizardView } from './wizard.model.ts'
import { isFull, isSetUp, titleOf, wizardOf } from './wizard.model.ts'

const TITLES: Record<WizardStep, WordKey> = {
  facebook: 'setup.step.facebook',
  profile: 'setup.step.profile',
  number: 'setup.step.number',
  channel: 'setup.step.channel',
}

function Summary({ step, view }: { step: WizardStep; view: WizardView }): JSX.Element | null {
  const { words } = useSettings()
  const { account, number } = view
  if (step === 'facebook') return account === null ? null : <bdi>{account.name}</bdi>
  if (step === 'profile') {
    const name = account?.draft?.displayName ?? number?.verifiedName ?? null
    return name === null ? null : <bdi>{name}</bdi>
  }
  if (step === 'number' && number !== null) return <bdi dir="ltr">{number.displayPhoneNumber}</bdi>
  return step === 'channel' && number?.step === 'done' ? <span>{words.t('setup.step.done')}</span> : null
}

/** The open step's inside. */
function Inside({ setup, step, view, onDone }: InsideProps): JSX.Element | null {
  const { words, navigation } = useSettings()
  const { account, number } = view
  if (step === 'facebook') return <FacebookStep setup={setup} />
  if (account === null) return null
  if (step === 'profile') return <ProfileStep key={account.wabaId} account={account} number={number} onDone={onDone} />
  if (step === 'number') return <NumberStep setup={setup} account={account} number={number} onChosen={onDone} />
  if (number === null) return null
  return (
    <>
      <PaymentNote account={account} />
      {isFull(setup) ? (
        <Note tone="warning" testId="channels-full">
          <p>{words.t('channel.refusedLimit')}</p>
        </Note>
      ) : null}
      <ChannelStep
        number={number}
        onDone={() => {
          navigation.openWizard({ kind: 'number', id: number.phoneNumberId })
          onDone()
        }}
      />
    </>
  )
}

type InsideProps = { setup: SetupView; step: WizardStep; view: WizardView; onDone: () => void }

/** What must be true of Desk before Facebook is worth a thought; one line once it is. */
function Before({ setup }: { setup: SetupView }): JSX.Element {
  const { installKey } = useSettings()
  const { desk } = setup
  if (desk.state !== 'connected') return <DeskCard desk={desk} />
  return isKeySettled(desk) && installKey.shown.value === null ? (
    <Connected desk={desk} />
  ) : (
    <InstallKeyCard desk={desk} />
  )
}

function Connected({ desk }: { desk: SetupView['desk'] }): JSX.Element {
  const { words } = useSettings()
  return (
    <p class="connected" data-testid="install-key-state" data-state={desk.keyUsedAt === null ? 'placed' : 'works'}>
      <Icon name="check" size={14} /> {words.t('setup.desk.isConnected', { portal: desk.portalName ?? desk.portalId })}{' '}
      <span class="quiet">{words.t(desk.keyUsedAt === null ? 'setup.key.isPlaced' : 'setup.key.isUsed')}</span>
    </p>
  )
}

/** From Facebook to a working channel in four steps. Where it stands is read from the Worker, so it can be left at any time. */
export function Wizard({ setup }: { setup: SetupView }): JSX.Element {
  const { words, navigation } = useSettings()
  const at = navigation.wizard.value
  const view = wizardOf(setup, at)
  const toChange = at?.kind === 'number' ? (at.step ?? null) : null
  const [reopened, setReopened] = useState<WizardStep | null>(toChange)
  const list = useRef<HTMLOListElement>(null)
  const { current } = view
  const open = reopened ?? current
  const isVerified = view.number?.isVerified === true
  const last = useRef({ current, isVerified })
  useEffect(() => {
    const before = last.current
    last.current = { current, isVerified }
    if (before.current === current && before.isVerified === isVerified) return
    if (before.current !== current) setReopened(null)
    const step = list.current?.querySelector('[aria-current="step"]')
    step?.scrollIntoView({ block: 'nearest' })
    // What one pressed has gone with its step: keyboards and readers go on at the next one.
    if (isFocusLost()) focusHeading(step?.querySelector('h2'))
  }, [current, isVerified])

  const stepDone = (): void => {
    setReopened(null)
    if (toChange !== null) navigation.closeWizard()
  }

  if (current === null && reopened === null && view.number !== null)
    return <SetupDone number={view.number} setup={setup} />
  const steps: WizardStep[] = ['facebook', 'profile', 'number', 'channel']
  return (
    <div class="stack wizard" data-testid="wizard">
      <div class="page-head">
        <div>
          <h1>{words.t(titleOf(setup, at))}</h1>
          <p class="quiet">{words.t(isSetUp(setup) ? 'setup.leadMore' : 'setup.lead')}</p>
        </div>
        {isSetUp(setup) ? (
          <Button onClick={navigation.closeWizard} testId="wizard-close">
            {words.t('setup.leave')}
          </Button>
        ) : null}
      </div>
      <Before setup={setup} />
      {view.account?.ownWebhook === undefined ? null : <OwnWebhook webhook={view.account.ownWebhook} isTask />}
      <Prerequisites setup={setup} isOpen={setup.accounts.length === 0} />
      <ol class="steps" ref={list}>
        {steps.map((step, index) => (
          <StepCard
            key={step}
            name={step}
            place={index + 1}
            title={words.t(TITLES[step])}
            state={view.steps[step]}
            summary={<Summary step={step} view={view} />}
            isOpen={open === step}
            {...(step === 'channel' ? {} : { onChange: () => setReopened(open === step ? null : step) })}
          >
            <Inside setup={setup} step={step} view={view} onDone={stepDone} />
          </StepCard>
        ))}
      </ol>
    </div>
  )
}
