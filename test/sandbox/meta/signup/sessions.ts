import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import { checkCode, createNumber, sendCode } from '../graph/number-setup.ts'
import { plantedRefusal } from '../graph/refusals.ts'
import type { Deps } from '../deps.ts'
import type { RefusableStep } from '../onboarding-settings.ts'
import type { NumberRecord, WabaRecord } from '../state.ts'
import { shareBusinessApp } from './coexistence.ts'
import type { Step } from './events.ts'
import { finish } from './finish.ts'
import { newAccount, newBusiness } from './records.ts'
import type { DialogView } from './view-types.ts'

const method = z.enum(['SMS', 'VOICE'])

/** What a person does in the dialog. Cancelling is the page's own affair: nothing on this side changes by it. */
export const actionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('login'), userId: z.string() }),
  z.strictObject({ do: z.literal('business'), businessId: z.string().optional(), name: z.string().trim().optional() }),
  z.strictObject({ do: z.literal('pick'), wabaId: z.string().optional(), number: z.string() }),
  z.strictObject({ do: z.literal('profile'), accountName: z.string().optional(), displayName: z.string().optional() }),
  z.strictObject({ do: z.literal('number'), cc: z.string(), phone: z.string(), method }),
  z.strictObject({ do: z.literal('code'), code: z.string() }),
  z.strictObject({ do: z.literal('resend'), method }),
  z.strictObject({ do: z.literal('later') }),
  z.strictObject({ do: z.literal('app'), phone: z.string(), sharesHistory: z.boolean() }),
  z.strictObject({ do: z.literal('confirm') }),
])
export type Action = z.infer<typeof actionSchema>

export type Session = {
  id: string
  appId: string
  isCoexistence: boolean
  isHosted: boolean
  step: Step
  userId?: string
  businessId?: string
  /** Unset: a new account, made once it has a name. */
  wabaId?: string
  phoneNumberId?: string
  /** A number is still to be entered. */
  wantsNumber: boolean
  displayName: string
  problem: string | null
  outcome: DialogView['outcome']
}

/** A mistake or refusal that the dialog says in words; the person may try again. */
class Refused extends Error {}

/** Open dialogs. They live in memory: a restart closes them, as a closed window would. */
export class Sessions {
  readonly #sessions = new Map<string, Session>()
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  open(appId: string, kind: { isCoexistence: boolean; isHosted: boolean }): Session {
    const session: Session = {
      id: randomUUID(),
      appId,
      ...kind,
      step: 'LOGIN',
      wantsNumber: false,
      displayName: '',
      problem: null,
      outcome: null,
    }
    this.#sessions.set(session.id, session)
    return session
  }

  find(id: string): Session | undefined {
    return this.#sessions.get(id)
  }

  /** Does what the person pressed, or says in `problem` why not. */
  act(session: Session, action: Action): void {
    session.problem = null
    try {
      const refusal =
        session.step === 'DONE' ? undefined : plantedRefusal(this.#deps.world, session.step satisfies RefusableStep)
      if (refusal !== undefined) throw refusal
      this.#perform(session, action)
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof GraphError)) throw error
      session.problem = wordsOf(error)
    }
    this.#deps.world.touch()
  }

  #perform(session: Session, action: Action): void {
    const expected: Record<Action['do'], Step> = {
      login: 'LOGIN',
      business: 'BUSINESS_ACCOUNT_SELECTION',
      pick: 'WABA_PHONE_PROFILE_PICKER',
      profile: 'WHATSAPP_BUSINESS_PROFILE_SETUP',
      number: 'PHONE_NUMBER_SETUP',
      app: 'PHONE_NUMBER_SETUP',
      code: 'PHONE_NUMBER_VERIFICATION',
      resend: 'PHONE_NUMBER_VERIFICATION',
      later: session.step === 'PHONE_NUMBER_SETUP' ? 'PHONE_NUMBER_SETUP' : 'PHONE_NUMBER_VERIFICATION',
      confirm: 'PERMISSIONS',
    }
    if (session.step !== expected[action.do])
      throw new Refused('Something went wrong. Close the window and start again.')
    switch (action.do) {
      case 'login':
        return this.#login(session, action.userId)
      case 'business':
        return this.#business(session, action.businessId, action.name)
      case 'pick':
        return this.#pick(session, action.wabaId, action.number)
      case 'profile':
        return this.#profile(session, action.accountName ?? '', action.displayName ?? '')
      case 'number':
        return this.#number(session, `${action.cc}${action.phone}`, action.method)
      case 'app':
        return this.#businessApp(session, action.phone, action.sharesHistory)
      case 'code':
        checkCode(this.#deps.world, this.numberOf(session), action.code)
        session.step = 'PERMISSIONS'
        return
      case 'resend':
        return sendCode(this.#deps.world, this.numberOf(session), action.method)
      case 'later':
        session.step = 'PERMISSIONS'
        return
      case 'confirm':
        session.outcome = finish(this.#deps, session)
        session.step = 'DONE'
    }
  }

  #login(session: Session, userId: string): void {
    if (this.#deps.world.state.users[userId] === undefined) throw new Refused('The account does not exist.')
    session.userId = userId
    session.step = 'BUSINESS_ACCOUNT_SELECTION'
  }

  #business(session: Session, businessId: string | undefined, name: string | undefined): void {
    const { state } = this.#deps.world
    const user = state.users[session.userId ?? '']
    if (user === undefined) throw new Refused('Log in first.')
    if (businessId !== undefined && !user.businessIds.includes(businessId))
      throw new Refused('You are not an administrator of this business portfolio.')
    session.businessId =
      businessId ?? newBusiness(this.#deps.world, user, this.#named(name, 'The business portfolio')).id
    session.step = session.isCoexistence ? 'PHONE_NUMBER_SETUP' : 'WABA_PHONE_PROFILE_PICKER'
  }

  #pick(session: Session, wabaId: string | undefined, number: string): void {
    const { world } = this.#deps
    delete session.wabaId
    delete session.phoneNumberId
    if (wabaId !== undefined) {
      const waba = world.state.wabas[wabaId]
      if (waba?.businessId !== session.businessId)
        throw new Refused('This account belongs to another business portfolio.')
      if (waba?.isBanned === true) throw new Refused('This WhatsApp Business account is disabled.')
      session.wabaId = wabaId
    }
    session.wantsNumber = number === 'new'
    if (number !== 'new' && number !== 'none') return this.#pickNumber(session, number)
    session.step = session.wantsNumber || wabaId === undefined ? 'WHATSAPP_BUSINESS_PROFILE_SETUP' : 'PERMISSIONS'
  }

  #pickNumber(session: Session, phoneNumberId: string): void {
    const number = this.#deps.world.state.numbers[phoneNumberId]
    if (number === undefined || number.wabaId !== session.wabaId)
      throw new Refused('This phone number belongs to another account.')
    session.phoneNumberId = phoneNumberId
    session.step = 'PERMISSIONS'
    if (number.codeVerificationStatus === 'VERIFIED') return
    session.step = 'PHONE_NUMBER_VERIFICATION'
    sendCode(this.#deps.world, number, 'SMS')
  }

  #profile(session: Session, accountName: string, displayName: string): void {
    if (session.wantsNumber) session.displayName = this.#named(displayName, 'The display name')
    session.wabaId ??= newAccount(
      this.#deps.world,
      session.businessId ?? '',
      this.#named(accountName, 'The account'),
    ).id
    session.step = session.wantsNumber ? 'PHONE_NUMBER_SETUP' : 'PERMISSIONS'
  }

  #number(session: Session, text: string, by: 'SMS' | 'VOICE'): void {
    const { world } = this.#deps
    const digits = text.replace(/\D/g, '')
    const known = session.phoneNumberId === undefined ? undefined : world.state.numbers[session.phoneNumberId]
    const number =
      known?.digits === digits
        ? known
        : createNumber(world, this.accountOf(session), { digits, verifiedName: session.displayName, isMove: false })
    session.phoneNumberId = number.id
    sendCode(world, number, by)
    session.step = 'PHONE_NUMBER_VERIFICATION'
  }

  #businessApp(session: Session, phone: string, sharesHistory: boolean): void {
    const shared = shareBusinessApp(this.#deps.world, session.businessId ?? '', phone, sharesHistory)
    if (shared === undefined) throw new Refused('This phone number is not used in the WhatsApp Business app.')
    session.wabaId = shared.wabaId
    session.phoneNumberId = shared.id
    session.step = 'PERMISSIONS'
  }

  #named(text: string | undefined, what: string): string {
    const name = (text ?? '').trim()
    if (name.length < 2 || name.length > 75) throw new Refused(`${what} needs a name of 2 to 75 characters.`)
    return name
  }

  accountOf(session: Session): WabaRecord {
    const waba = this.#deps.world.state.wabas[session.wabaId ?? '']
    if (waba === undefined) throw new Refused('Choose an account first.')
    return waba
  }

  numberOf(session: Session): NumberRecord {
    const number = this.#deps.world.state.numbers[session.phoneNumberId ?? '']
    if (number === undefined) throw new Refused('Choose a phone number first.')
    return number
  }
}

function wordsOf(error: Refused | GraphError): string {
  if (error instanceof Refused) return error.message
  return error.extras.user?.[1] ?? error.details ?? error.extras.message ?? error.message
}
