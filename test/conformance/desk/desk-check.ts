import { checkAnswer, checkRefusal, checkRequest } from '../contract/calls.ts'
import type { AnswerRules, RequestRules } from '../contract/calls.ts'
import type { Exchange, Scope } from '../contract/exchange.ts'
import { isObject } from '../contract/json.ts'
import { NotDescribedCalls } from '../contract/not-described.ts'
import { readOperation } from '../contract/operations.ts'
import type { Operation } from '../contract/operations.ts'
import { PathTable } from '../contract/paths.ts'
import type { Problem } from '../contract/problems.ts'
import { deskDocument, prepareDesk, readDeskFiles } from './desk-contract.ts'
import type { DeskHalf } from './desk-contract.ts'
import { answerFaults, requestFaults } from './desk-faults.ts'
import { minimumReference } from './desk-minimum.ts'
import { deskNotDescribed } from './desk-not-described.ts'

/** Any call may be refused with one of these, whatever its description lists. */
const REFUSALS = [400, 401, 403, 404, 405, 413, 415, 422, 429, 500]

const COMMON = deskDocument('answer', 'Common.json')
const ERROR = `${COMMON}#/components/schemas/errorJson`
const INVALID_DATA = `${COMMON}#/components/responses/invalidDataErrorResponse/content/application~1json/schema`

/** Calls that need no organisation. */
const ORG_FREE = /^\/api\/v1\/(?:organizations|accessibleOrganizations)(?:\/|$)/

type Described = { request: Operation; answer: Operation }

/** Checks calls of Zoho Desk's REST API. Throws when the contract's files are not in the folder. */
export class DeskContract {
  readonly notDescribed = new NotDescribedCalls(deskNotDescribed)
  readonly #request: DeskHalf
  readonly #answer: DeskHalf
  readonly #paths: PathTable<{ file: string; path: string }>
  readonly #requestRules: RequestRules
  readonly #answerRules: AnswerRules

  constructor(folder: string) {
    this.#request = prepareDesk(readDeskFiles(folder, 'request'), 'request', requestFaults)
    this.#answer = prepareDesk(readDeskFiles(folder, 'answer'), 'answer', answerFaults)
    this.#paths = new PathTable(
      [...this.#answer.documents].flatMap(([name, document]) => {
        const file = name.slice(deskDocument('answer', '').length)
        const paths = isObject(document['paths']) ? Object.keys(document['paths']) : []
        return paths.map((path) => ({ template: path, found: { file, path } }))
      }),
    )
    this.#requestRules = {
      validators: this.#request.validators,
      queryEverywhere: ['orgId'],
      body: ({ body }) => body,
      minimum: ({ id }) => minimumReference(id),
    }
    this.#answerRules = {
      validators: this.#answer.validators,
      refusal: ({ answer }) => (isObject(answer) && answer['errorCode'] === 'INVALID_DATA' ? INVALID_DATA : ERROR),
      refusalStatuses: REFUSALS,
      body: ({ answers }, { status }) => answers.get(status),
      mayBeEmpty: ({ name }) => name.startsWith('GET '),
    }
  }

  check(exchange: Exchange, scope: Scope): Problem[] {
    const { method, path } = exchange
    if (this.notDescribed.find(method, path) !== undefined) return []
    const described = this.describes(method, path)
    if (described === undefined) return this.#checkStranger(exchange, scope)
    return [
      ...checkOrganisation(described.request, exchange),
      ...checkRequest(this.#requestRules, described.request, exchange, scope),
      ...checkAnswer(this.#answerRules, described.answer, exchange, scope),
    ]
  }

  /** What the files say about a call; undefined when nothing. */
  describes(method: string, path: string): Described | undefined {
    for (const { file, path: template } of this.#paths.all(path)) {
      const request = readOperation(this.#request.documents, deskDocument('request', file), template, method)
      const answer = readOperation(this.#answer.documents, deskDocument('answer', file), template, method)
      if (request !== undefined && answer !== undefined) return { request, answer }
    }
    return undefined
  }

  unmetFaults(): string[] {
    return [...this.#request.book.unmet(), ...this.#answer.book.unmet()]
  }

  /** A call that does not exist must be refused; the product must not make it at all. */
  #checkStranger(exchange: Exchange, scope: Scope): Problem[] {
    const call = `${exchange.method} ${exchange.path}`
    if (exchange.status >= 400 && scope.refusedRequests !== true) return checkRefusal(this.#answerRules, call, exchange)
    return [{ call, side: 'call', at: exchange.path, message: 'is neither described nor listed as not described' }]
  }
}

function checkOrganisation({ name }: Operation, { path, headers, query, status }: Exchange): Problem[] {
  const isAccepted = status > 0 && status < 400
  if (headers === undefined || !isAccepted || ORG_FREE.test(path)) return []
  if (headers['orgid'] !== undefined || query['orgId'] !== undefined) return []
  return [{ call: name, side: 'header', at: 'orgId', message: 'is required' }]
}
