import type { z } from 'zod'
import {
  adminSessionSchema,
  alertsSchema,
  archiveListSchema,
  archivePeopleSchema,
  auditListSchema,
  channelViewSchema,
  claimAnswerSchema,
  facebookAttemptSchema,
  facebookMessageSchema,
  facebookWindowSchema,
  installKeySchema,
  numberHealthSchema,
  overviewSchema,
  problemListSchema,
  setupFailureSchema,
  setupViewSchema,
  signInMessageSchema,
  wholeWayTestSchema,
} from '../../contract/index.ts'

/** What enters the settings pane from outside, by name. */
export const settingsShapes = {
  adminSession: adminSessionSchema,
  installKey: installKeySchema,
  signInMessage: signInMessageSchema,
  auditList: auditListSchema,
  archiveList: archiveListSchema,
  archivePeople: archivePeopleSchema,
  setup: setupViewSchema,
  setupFailure: setupFailureSchema,
  facebookWindow: facebookWindowSchema,
  facebookAttempt: facebookAttemptSchema,
  facebookMessage: facebookMessageSchema,
  claimAnswer: claimAnswerSchema,
  channel: channelViewSchema,
  overview: overviewSchema,
  problems: problemListSchema,
  alerts: alertsSchema,
  numberHealth: numberHealthSchema,
  wholeWayTest: wholeWayTestSchema,
}

export type SettingsShapes = { [K in keyof typeof settingsShapes]: z.infer<(typeof settingsShapes)[K]> }
