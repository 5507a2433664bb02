import type { ProfileDraft } from '../../../../contract/index.ts'
import type { ApiFailure, ApiResult, Method, Reader } from '../../api/http.ts'
import type { SettingsShapes } from '../../api/settings-shapes.ts'
import { settingsShape } from '../../api/settings-shapes.ts'
import type { Settings } from './settings.ts'

export type OwnApp = { appId: string; appSecret: string; token: string; wabaId: string }
export type NewNumber = { countryCode: string; phoneNumber: string; migrate: boolean }
export type CodeMethod = 'SMS' | 'VOICE'

/** Null: done, and the set-up was read again. */
export type Outcome = Promise<ApiFailure | null>

/** What an administrator does while setting up. Each may be repeated: the Worker looks before it asks Meta again. */
export type SetupCalls = {
  connectOwnApp(app: OwnApp): Outcome
  claim(wabaId: string, method: CodeMethod): Promise<ApiResult<SettingsShapes['claimAnswer']>>
  confirmClaim(wabaId: string, code: string): Outcome
  saveProfile(wabaId: string, draft: ProfileDraft): Outcome
  addNumber(wabaId: string, number: NewNumber): Outcome
  requestCode(phoneNumberId: string, method: CodeMethod): Outcome
  verify(phoneNumberId: string, code: string): Outcome
  register(phoneNumberId: string, pin: string): Outcome
  sendProfile(phoneNumberId: string): Outcome
  designate(phoneNumberId: string): Outcome
  syncHistory(phoneNumberId: string): Outcome
  refreshAccount(wabaId: string): Outcome
  removeAccount(wabaId: string): Outcome
  correctReview(wabaId: string, submittedAt: string): Outcome
  replaceInstallKey(): Promise<ApiResult<SettingsShapes['installKey']>>
  disconnectDesk(): Outcome
  refreshDesk(): Outcome
}

/** Answers of which nothing is used: what changed is read again. */
const ignore: Reader<true> = () => true

/** Language of the text or call that brings the code, in Meta's way of writing it. */
export function codeLanguage(tag: string): string {
  const [language = 'en'] = tag.split('-')
  const known: Readonly<Record<string, string>> = { ja: 'ja', zh: 'zh_CN', pt: 'pt_BR', es: 'es', de: 'de', fr: 'fr' }
  return known[language] ?? 'en_US'
}

type Deps = Pick<Settings, 'change' | 'reload' | 'words' | 'proof'>

export function createSetupCalls({ change, reload, words, proof }: Deps): SetupCalls {
  async function done(method: Method, path: string, body?: unknown): Outcome {
    const answer = await change(ignore, method, path, body)
    // A refusal may have changed what is stored too: the step it stopped at, and why.
    await reload()
    return answer.ok ? null : answer.error
  }
  const account = (wabaId: string, rest = ''): string => `/api/accounts/${wabaId}${rest}`
  const number = (id: string, rest: string): string => `/api/numbers/${id}/${rest}`

  return {
    connectOwnApp: (app) => done('POST', '/api/setup/own-app', app),
    claim: (wabaId, method) => change(settingsShape('claimAnswer'), 'POST', '/api/setup/claim', { wabaId, method }),
    confirmClaim: (wabaId, code) => done('POST', '/api/setup/claim/confirm', { wabaId, code }),
    saveProfile: (wabaId, draft) => done('PUT', account(wabaId, '/profile'), draft),
    addNumber: (wabaId, added) => done('POST', account(wabaId, '/numbers'), added),
    requestCode: (id, method) => done('POST', number(id, 'code'), { method, language: codeLanguage(words.tag) }),
    verify: (id, code) => done('POST', number(id, 'verify'), { code }),
    register: (id, pin) => done('POST', number(id, 'register'), pin === '' ? {} : { pin }),
    sendProfile: (id) => done('POST', number(id, 'profile')),
    designate: (id) => done('POST', number(id, 'designate')),
    syncHistory: (id) => done('POST', number(id, 'history')),
    refreshAccount: (wabaId) => done('POST', account(wabaId, '/refresh')),
    removeAccount: (wabaId) => done('DELETE', account(wabaId)),
    correctReview: (wabaId, submittedAt) => done('POST', account(wabaId, '/review-date'), { submittedAt }),
    async replaceInstallKey() {
      const answer = await change(settingsShape('installKey'), 'POST', '/api/admin/install-key')
      // A new key ends every session, the one that asked for it too.
      if (answer.ok) proof.adopt(answer.value.session)
      await reload()
      return answer
    },
    disconnectDesk: () => done('POST', '/api/admin/disconnect'),
    refreshDesk: () => done('POST', '/api/admin/desk/refresh'),
  }
}
