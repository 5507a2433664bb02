/** Why a message was not delivered: the plain words are `failure.<key>` in the translations. */
export const FAILURE_KEYS = [
  'window_closed',
  'unreachable',
  'payment',
  'throughput',
  'pair_rate',
  'spam',
  'token',
  'permission',
  'policy',
  'locked',
  'country',
  'blocked_by_us',
  'experiment',
  'own_number',
  'not_allowed',
  'marketing_limit',
  'marketing_stopped',
  'media_download',
  'media_upload',
  'unsupported',
  'needs_phone',
  'not_registered',
  'bad_request',
  'meta_down',
  'maintenance',
  'name_not_approved',
  'template',
  'no_answer',
  'limit',
  'cancelled',
  'other',
] as const
export type FailureKey = (typeof FAILURE_KEYS)[number]

/** Why a message went into this ticket and no other: `reason.<name>`. */
export const DECISION_REASONS = [
  'first',
  'open',
  'on_hold',
  'closed_recently',
  'closed_long_ago',
  'deleted',
  'trashed',
  'archived',
  'spam',
  'silent',
  'merged',
  'moved',
  'reopen_refused',
  'started',
  'by_hand',
] as const
export type DecisionReason = (typeof DECISION_REASONS)[number]

/** Why a conversation is not yet in its ticket: `desk.<name>`. */
export const DESK_REASONS = ['paused_credits', 'busy', 'unreachable', 'uncertain', 'revoked', 'refused'] as const
export type DeskReason = (typeof DESK_REASONS)[number]
