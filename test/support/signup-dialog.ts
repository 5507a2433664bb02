import type { Locator, Page } from 'playwright-core'
import { z } from 'zod'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { eventually } from './wait.ts'

/** Meta's dialog in its window, as a person clicks through it. */
export class SignupDialog {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  id(testId: string): Locator {
    return this.page.locator(`[data-testid="es-${testId}"]`)
  }

  /** Waits for a step by Meta's name of it. */
  async isAt(step: string): Promise<void> {
    await this.id(`step-${step}`).waitFor()
  }

  async next(): Promise<void> {
    await this.id('next').click()
  }

  /** Goes on as the person who is chosen from the beginning. */
  async signIn(): Promise<void> {
    await this.isAt('LOGIN')
    await this.next()
    await this.isAt('BUSINESS_ACCOUNT_SELECTION')
  }

  /** Goes on as the person, and with the business, that are chosen from the beginning. */
  async logIn(): Promise<void> {
    await this.signIn()
    await this.next()
    await this.isAt('WABA_PHONE_PROFILE_PICKER')
  }

  /** A number that is there, `new` or `none`, of an account that is there; of a new one where `wabaId` is empty. */
  async pick(wabaId: string, number: string): Promise<void> {
    await this.id(`pick-${wabaId === '' ? '' : `${wabaId}-`}${number}`).check()
    await this.next()
  }

  async name(accountName: string | null, displayName: string | null): Promise<void> {
    await this.isAt('WHATSAPP_BUSINESS_PROFILE_SETUP')
    if (accountName !== null) await this.id('accountName').fill(accountName)
    if (displayName !== null) await this.id('displayName').fill(displayName)
    await this.next()
  }

  /** Agrees to what is shared; the window closes with that. */
  async agree(): Promise<void> {
    await this.isAt('PERMISSIONS')
    const closed = this.page.waitForEvent('close')
    await this.id('confirm').click()
    await closed
  }
}

const numbersSchema = z.object({
  numbers: z.array(
    z.object({
      id: z.string(),
      wabaId: z.string(),
      digits: z.string(),
      status: z.string(),
      isRegistered: z.boolean(),
      code: z.object({ value: z.string() }).optional(),
    }),
  ),
})
export type MetaNumber = z.infer<typeof numbersSchema>['numbers'][number]

/** A number as Meta has it now. */
export async function metaNumber(sandbox: Sandbox, digits: string): Promise<MetaNumber | undefined> {
  const response = await fetch(`${sandbox.endpoints.meta}/__sandbox/state`)
  return numbersSchema.parse(await response.json()).numbers.find((number) => number.digits === digits)
}

/** The code that the number's owner gets by text or call. */
export function codeSentTo(sandbox: Sandbox, digits: string, before?: string): Promise<string> {
  return eventually(`a code for ${digits}`, async () => {
    const value = (await metaNumber(sandbox, digits))?.code?.value
    return value === before ? undefined : value
  })
}

export const digitsOf = (phone: string): string => phone.replaceAll(/\D/g, '')
