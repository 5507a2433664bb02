import { checkAnswer, checkRefusal, checkRequest } from '../contract/calls.ts'
import type { AnswerRules, RequestRules } from '../contract/calls.ts'
import type { Exchange, Scope } from '../contract/exchange.ts'
import { NotDescribedCalls } from '../contract/not-described.ts'
import { readOperation } from '../contract/operations.ts'
import type { Operation } from '../contract/operations.ts'
import type { Problem } from '../contract/problems.ts'
import { prepareMeta, readMetaFile } from './meta-contract.ts'
import type { MetaDocument } from './meta-contract.ts'
import { metaFaults } from './meta-faults.ts'
import { MetaIds, parameterOf } from './meta-ids.ts'
import { metaNotDescribed } from './meta-not-described.ts'
import { META, schemaReference } from './meta-patches.ts'

/** Errors of a send are often 400 or 403; the description has the generic ones of Graph. */
const REFUSALS = [400, 401, 403, 404, 422, 429, 500, 503]

/** Parameters of Graph itself, which every object takes. */
const EVERYWHERE = ['access_token', 'fields', 'limit', 'after', 'before']

const WEBHOOK = `${META}#/paths/~1whatsapp~1webhooks/post/requestBody/content/application~1json/schema`

/** Checks calls of the Graph API and webhooks. Throws when the contract's file is not in the folder. */
export class MetaContract {
  readonly notDescribed = new NotDescribedCalls(metaNotDescribed)
  readonly ids = new MetaIds()
  readonly #meta: MetaDocument
  readonly #requestRules: RequestRules
  readonly #answerRules: AnswerRules

  constructor(folder: string) {
    this.#meta = prepareMeta(readMetaFile(folder), metaFaults)
    const { validators } = this.#meta
    this.#requestRules = {
      validators,
      queryEverywhere: EVERYWHERE,
      body: ({ body }) => body,
    }
    this.#answerRules = {
      validators,
      refusal: () => schemaReference('GraphAPIError'),
      refusalStatuses: REFUSALS,
      body: ({ answers }, { status }) => answers.get(status),
      mayBeEmpty: () => false,
    }
  }

  check(exchange: Exchange, scope: Scope): Problem[] {
    const { method, path } = exchange
    this.ids.learn(exchange)
    if (this.notDescribed.find(method, path) !== undefined) return []
    const operation = this.describes(method, path)
    if (operation === undefined) return this.#checkStranger(exchange, scope)
    return [
      ...checkRequest(this.#requestRules, operation, exchange, scope),
      ...checkAnswer(this.#answerRules, operation, exchange, scope),
    ]
  }

  /** A body that Meta sends to our address. */
  checkWebhook(body: unknown): Problem[] {
    const findings = this.#meta.validators.check(WEBHOOK, body)
    return findings.map((finding) => ({ call: 'webhook', side: 'webhook', ...finding }))
  }

  /** What the file says about a call; undefined when nothing. */
  describes(method: string, path: string): Operation | undefined {
    const [, version = '', id = '', edge = '', ...more] = path.split('/')
    const kind = this.ids.kindOf(id, edge)
    if (!/^v\d+\.\d+$/.test(version) || kind === undefined || more.length > 0) return undefined
    const template = `/{Version}/${parameterOf(kind)}${edge === '' ? '' : `/${edge}`}`
    return readOperation(this.#meta.documents, META, template, method)
  }

  unmetFaults(): string[] {
    return this.#meta.book.unmet()
  }

  /** A call that does not exist must be refused; the product must not make it at all. */
  #checkStranger(exchange: Exchange, scope: Scope): Problem[] {
    const call = `${exchange.method} ${exchange.path}`
    if (exchange.status >= 400 && scope.refusedRequests !== true) return checkRefusal(this.#answerRules, call, exchange)
    return [{ call, side: 'call', at: exchange.path, message: 'is neither described nor listed as not described' }]
  }
}
