import { applyWaitingStatements } from '../ingest/waiting.repo.ts'
import { createReadPorts } from '../messages/messages.read.ports.ts'
import { readChanges } from '../messages/messages.read.usecases.ts'
import { aliasStatements } from '../messages/recipient-alias.repo.ts'
import type { SendQueuePorts } from '../messages/send-queue.ts'
import type { PairLevel } from '../messages/sends.model.ts'
import { createSendsRepo } from '../messages/sends.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { open } from '../platform/crypto.ts'
import { graphOrigin } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { verifySessionToken } from '../sessions/session.token.ts'
import { errorCode, failureOf } from '../whatsapp/error-codes.ts'
import { sendMessage } from '../whatsapp/graph-client.ts'
import type { MessagePayload, SendOutcome } from '../whatsapp/graph-client.ts'
import type { LivePorts } from './live-sockets.ts'
import { createConversationsRepo } from './conversations.repo.ts'

export type ConversationParts = { env: Env; ctx: DurableObjectState; scope: OrgScope; conversationId: string }

/** What open panels are told from. */
export function livePorts(env: Env, conversationId: string, openScope: () => Promise<OrgScope>): LivePorts {
  const read = async (after: number) =>
    readChanges(createReadPorts(readConfig(env), await openScope(), systemClock), conversationId, after)
  const find = async () => createConversationsRepo(await openScope()).find(conversationId)
  return {
    clock: systemClock,
    readChanges: read,
    readChange: async () => (await find())?.change ?? 0,
    readDepartment: async () => (await find())?.department_id ?? null,
    renew: async (token, agentId) => {
      const verified = await verifySessionToken(env, token)
      const scope = await openScope()
      if (!verified.ok || verified.value.agentId !== agentId) return null
      if (verified.value.orgId !== scope.orgId || verified.value.epoch !== scope.epoch) return null
      const { role, departments, expiresAt } = verified.value
      return { role, departments: [...departments], expiresAt }
    },
  }
}

const PAIR_KEY = 'pair'

/** What the send queue works with. */
export function sendPorts(
  { env, ctx, scope, conversationId }: ConversationParts,
  onChanged: () => void,
): SendQueuePorts {
  const repo = createSendsRepo(scope)
  const sender = (phoneNumberId: string) =>
    env.SENDER.getByName(objectNames.sender(scope.shard, scope.orgId, phoneNumberId))
  return {
    conversationId,
    shard: scope.shard,
    orgId: scope.orgId,
    repo,
    clock: systemClock,
    logger,
    random: Math.random,
    pair: {
      read: () => ctx.storage.kv.get<PairLevel>(PAIR_KEY) ?? { level: 0, at: 0 },
      write: (level) => ctx.storage.kv.put(PAIR_KEY, level),
    },
    permits: {
      take: (phoneNumberId) => sender(phoneNumberId).take(),
      release: (phoneNumberId, leaseId) => sender(phoneNumberId).release(leaseId),
      pause: (phoneNumberId, until) => sender(phoneNumberId).pause(until),
    },
    send: (phoneNumberId, payload) => send(env, scope, repo, phoneNumberId, payload),
    explain: (code, details) => ({
      errorClass: errorCode(code).class,
      failure: failureOf([{ code, title: null, message: null, details }]),
    }),
    applyWaiting: (wamid, seq) => applyWaitingStatements(scope, [{ seq, wamid }]),
    learnAlias: ({ contactId, phone }, waId) => aliasStatements(scope, contactId, phone, waId),
    onChanged,
  }
}

async function send(
  env: Env,
  scope: OrgScope,
  repo: ReturnType<typeof createSendsRepo>,
  phoneNumberId: string,
  payload: MessagePayload,
): Promise<SendOutcome> {
  const config = readConfig(env)
  const sealed = await repo.readToken(phoneNumberId)
  if (sealed === null) {
    return {
      kind: 'refused',
      error: { code: 133010, status: 0, details: 'This number is not connected any more.', retryAfterMs: null },
    }
  }
  const token = await open(config.ENCRYPTION_KEYS, `meta_token:${scope.orgId}:${phoneNumberId}`, sealed)
  return sendMessage({ origin: graphOrigin(config), version: config.GRAPH_VERSION, token }, phoneNumberId, payload)
}
