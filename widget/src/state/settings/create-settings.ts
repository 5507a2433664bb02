import { batch, signal } from '@preact/signals'
import type { SetupView, SignInPurpose } from '../../../../contract/index.ts'
import type { TokenSource } from '../../api/client.ts'
import { createCaller } from '../../api/client.ts'
import type { ApiFailure, Http } from '../../api/http.ts'
import { settingsShape } from '../../api/settings-shapes.ts'
import { dataCentreOf } from '../../host/data-centre.model.ts'
import type { Host, HostPerson } from '../../host/host.ts'
import { ok } from '../../result.ts'
import { createClock } from '../clock.ts'
import { createDates } from '../dates.ts'
import { timeZoneOf } from '../locale.model.ts'
import type { Network } from '../network.ts'
import { createSession } from '../session.ts'
import { problemOf } from '../session.model.ts'
import type { Words } from '../words.ts'
import { createFacebook } from './facebook.ts'
import { createInstallKey, isKeySettled } from './install-key.ts'
import { createNavigation } from './navigation.ts'
import { createProof, notSignedIn } from './proof.ts'
import type { Settings, SettingsPhase } from './settings.ts'
import { createSetupCalls } from './setup-calls.ts'
import { makeVerifier } from './verifier.ts'
import type { WindowDoor } from './windows.ts'

export type SettingsDeps = {
  host: Host
  person: HostPerson
  words: Words
  http: Http
  /** The Worker's origin. */
  origin: string
  network: Network
  windows: WindowDoor
  random?: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array
}

const readSetup = settingsShape('setup')

/** Which page to show when the set-up could not be read. */
function phaseOf(failure: ApiFailure, hasSetup: boolean): SettingsPhase {
  if (failure.code === 'sessions.role_too_low') return 'not_admin'
  if (problemOf(failure) === 'install_key' || problemOf(failure) === 'agent') return 'signed_out'
  return hasSetup ? 'ready' : 'failed'
}

/** Wires the slices of the settings pane together. */
export function createSettings(deps: SettingsDeps): Settings {
  const { host, person, words, http, origin, network, windows } = deps
  const clock = createClock()
  const session = createSession({ host, http, origin, person, clock })
  const proof = createProof({
    http,
    origin,
    windows,
    clock,
    verifier: () => makeVerifier(deps.random ?? ((bytes) => crypto.getRandomValues(bytes))),
    where: {
      portalId: person.portalId,
      dataCentre: dataCentreOf(host.app.meta),
      locale: words.tag,
      origin: windows.origin,
    },
    onProven: (purpose) => void beginWith(purpose),
  })
  const phase = signal<SettingsPhase>('loading')
  const failure = signal<ApiFailure | null>(null)
  const setup = signal<SetupView | null>(null)
  const navigation = createNavigation()

  /** Reading takes what there is: the proof, else the session that the install key opens. */
  const anyToken: TokenSource = {
    async token() {
      const own = proof.token()
      return own === undefined ? session.token() : ok(own)
    },
    async replace(refused) {
      if (refused !== proof.current.peek()?.token) return session.replace(refused)
      proof.drop()
      return session.token()
    },
  }

  const proven: TokenSource = {
    async token() {
      const own = proof.token()
      if (own !== undefined) return ok(own)
      const isThere = await proof.ask('proof')
      const token = isThere ? proof.token() : undefined
      return token === undefined ? notSignedIn() : ok(token)
    },
    async replace(refused) {
      if (refused === proof.current.peek()?.token) proof.drop()
      return proven.token()
    },
  }

  const callRead = createCaller(http, anyToken)
  const callChange = createCaller(http, proven)
  const read: Settings['read'] = (reader, path) => callRead(reader, path)
  const change: Settings['change'] = (reader, method, path, body) =>
    callChange(reader, path, { method, ...(body === undefined ? {} : { body }) })
  let reading = 0

  async function reload(): Promise<void> {
    const turn = ++reading
    const answer = await read(readSetup, '/api/setup')
    // An older answer must not replace a newer one.
    if (turn !== reading) return
    batch(() => {
      failure.value = answer.ok ? null : answer.error
      if (answer.ok) {
        clock.sync(answer.value.now)
        setup.value = answer.value
        phase.value = 'ready'
        return
      }
      phase.value = phaseOf(answer.error, setup.peek() !== null)
    })
  }

  const calls = createSetupCalls({ change, reload, words, proof })
  const tryInstallKey: Settings['tryInstallKey'] = () => session.open()
  const installKey = createInstallKey(calls, { tryInstallKey, reload })

  /** Whoever has just connected Desk needs the key next, so it is made without being asked for; nobody can have used an older one. */
  async function beginWith(purpose: SignInPurpose): Promise<void> {
    await reload()
    const desk = setup.peek()?.desk
    if (purpose === 'connect' && desk !== undefined && !isKeySettled(desk)) await installKey.make()
  }

  network.onChange(() => {
    if (network.isVisible() && network.isOnline.peek() && phase.peek() !== 'loading') void reload()
  })
  return {
    origin,
    words,
    dates: createDates(words, timeZoneOf(person.timeZone)),
    clock,
    isOnline: network.isOnline,
    phase,
    failure,
    setup,
    proof,
    navigation,
    windows,
    calls,
    installKey,
    facebook: createFacebook({
      proof,
      windows,
      change,
      read,
      reload,
      words,
      onDone({ wabaId, phoneNumberId }) {
        if (wabaId !== null) navigation.connected(setup.peek(), { wabaId, phoneNumberId })
      },
    }),
    reload,
    read,
    change,
    tryInstallKey,
    go(page, phoneNumberId) {
      navigation.go(page)
      if (phoneNumberId === undefined) return
      const number = setup.peek()?.numbers.find((one) => one.phoneNumberId === phoneNumberId)
      // Of a number that works already, only its profile is left to be changed.
      const step = number?.step === 'done' ? ({ step: 'profile' } as const) : {}
      navigation.openWizard({ kind: 'number', id: phoneNumberId, ...step })
    },
  }
}
