import type { Locator, Page } from 'playwright-core'
import { signupFacts } from '../sandbox/meta/signup/facts.ts'

/** Meta's dialog in its window, as a person goes through it. */
export class FacebookDialog {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  id(testId: string): Locator {
    return this.page.locator(`[data-testid="${testId}"]`)
  }

  /** Waits for a step, by Meta's name of it. */
  async at(step: string): Promise<void> {
    await this.id(`es-step-${step}`).waitFor()
  }

  async next(): Promise<void> {
    await this.id('es-next').click()
  }

  async logIn(userId: string = signupFacts.userId): Promise<void> {
    await this.at('LOGIN')
    await this.id(`es-userId-${userId}`).check()
    await this.next()
  }

  async chooseBusiness(businessId: string): Promise<void> {
    await this.at('BUSINESS_ACCOUNT_SELECTION')
    await this.id(`es-businessId-${businessId}`).check()
    await this.next()
  }

  /** An account and a number of it by id; `new` or `none` in place of the number. */
  async pick(wabaId: string, number: string): Promise<void> {
    await this.at('WABA_PHONE_PROFILE_PICKER')
    await this.id(`es-pick-${wabaId}-${number}`).check()
    await this.next()
  }

  async pickNewAccount(number: 'new' | 'none', accountName: string, displayName: string): Promise<void> {
    await this.at('WABA_PHONE_PROFILE_PICKER')
    await this.id(`es-pick-${number}`).check()
    await this.next()
    await this.at('WHATSAPP_BUSINESS_PROFILE_SETUP')
    await this.id('es-accountName').fill(accountName)
    if (number === 'new') await this.id('es-displayName').fill(displayName)
    await this.next()
  }

  async enterNumber(cc: string, phone: string): Promise<void> {
    await this.at('PHONE_NUMBER_SETUP')
    await this.id('es-cc').fill(cc)
    await this.id('es-phone').fill(phone)
    await this.next()
  }

  /** Agrees; the window closes by itself. */
  async confirm(): Promise<void> {
    await this.at('PERMISSIONS')
    await this.id('es-confirm').click()
  }

  async cancel(): Promise<void> {
    await this.id('es-cancel').click()
  }

  async report(words: string): Promise<void> {
    await this.id('es-report-text').fill(words)
    await this.id('es-report').click()
  }
}
