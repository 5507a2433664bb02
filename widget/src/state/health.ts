import type {
  Alerts,
  NumberHealth,
  Overview,
  PhoneNumberId,
  ProblemList,
  WholeWayTest,
} from '../../../contract/index.ts'
import type { ApiResult } from '../api/http.ts'
import { settingsShape } from '../api/settings-shapes.ts'
import type { Settings } from './settings/settings.ts'

export type Health = {
  overview(): Promise<ApiResult<Overview>>
  /** What is wrong now. */
  problems(): Promise<ApiResult<ProblemList>>
  /** Asks Meta and Desk again. */
  check(id: PhoneNumberId): Promise<ApiResult<NumberHealth>>
  /** Makes Meta send this number's webhooks here again. */
  repair(id: PhoneNumberId): Promise<ApiResult<NumberHealth>>
  startTest(id: PhoneNumberId): Promise<ApiResult<WholeWayTest>>
  /** Looks how far it is; what is due then is done. */
  lookAtTest(testId: string): Promise<ApiResult<WholeWayTest>>
  saveAlerts(url: string | null): Promise<ApiResult<Alerts>>
}

const overview = settingsShape('overview')
const problems = settingsShape('problems')
const numberHealth = settingsShape('numberHealth')
const wholeWayTest = settingsShape('wholeWayTest')
const alerts = settingsShape('alerts')

export function createHealth({ read, change }: Pick<Settings, 'read' | 'change'>): Health {
  return {
    overview: () => read(overview, '/api/overview'),
    problems: () => read(problems, '/api/problems'),
    check: (id) => change(numberHealth, 'POST', `/api/numbers/${id}/check`),
    repair: (id) => change(numberHealth, 'POST', `/api/numbers/${id}/repair`),
    startTest: (id) => change(wholeWayTest, 'POST', `/api/numbers/${id}/test`),
    lookAtTest: (testId) => change(wholeWayTest, 'POST', `/api/tests/${testId}`),
    saveAlerts: (url) => change(alerts, 'PUT', '/api/alerts', { url }),
  }
}
