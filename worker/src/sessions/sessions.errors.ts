import { AppError } from '../platform/errors.ts'

const challenge = { 'WWW-Authenticate': 'Bearer' }

/** What can be wrong with a session or with opening one. */
export const sessionErrors = {
  proofMissing: () =>
    new AppError({
      code: 'sessions.proof_missing',
      status: 403,
      message: 'Sign in to Zoho as an administrator first: changing settings needs that proof.',
    }),
  missing: () =>
    new AppError({
      code: 'sessions.missing',
      status: 401,
      message: 'Send a session token: Authorization: Bearer <token>.',
      headers: challenge,
    }),
  invalid: () =>
    new AppError({
      code: 'sessions.invalid',
      status: 401,
      message: 'This session token is not valid.',
      headers: challenge,
    }),
  expired: () =>
    new AppError({
      code: 'sessions.expired',
      status: 401,
      message: 'This session is over. Open a new one.',
      headers: challenge,
    }),
  stale: () =>
    new AppError({
      code: 'sessions.stale',
      status: 401,
      message: 'The organisation was connected anew after this session began. Open a new one.',
      headers: challenge,
    }),
  keyMissing: () =>
    new AppError({
      code: 'sessions.key_missing',
      status: 401,
      message: 'Send the install key: Authorization: Bearer <install key>.',
      headers: challenge,
    }),
  keyUnknown: () =>
    new AppError({
      code: 'sessions.key_unknown',
      status: 401,
      message: 'This install key is not known. An administrator pastes the current one into the extension.',
      headers: challenge,
    }),
  portalMismatch: () =>
    new AppError({
      code: 'sessions.portal_mismatch',
      status: 403,
      message: 'The install key belongs to another Desk portal.',
    }),
  agentUnknown: () =>
    new AppError({ code: 'sessions.agent_unknown', status: 403, message: 'Desk knows no such agent in this portal.' }),
  agentDisabled: () =>
    new AppError({ code: 'sessions.agent_disabled', status: 403, message: 'This agent is not active in Desk.' }),
  deskUnavailable: (cause?: unknown) =>
    new AppError({
      code: 'sessions.desk_unavailable',
      status: 503,
      message: 'Desk cannot be asked about this agent right now. Try again in a moment.',
      headers: { 'Retry-After': '10' },
      cause,
    }),
  roleTooLow: (needed: string) =>
    new AppError({
      code: 'sessions.role_too_low',
      status: 403,
      message: `This needs the role ${needed}.`,
      details: { needed },
    }),
}
