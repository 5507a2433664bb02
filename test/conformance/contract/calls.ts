import type { Exchange, Scope } from './exchange.ts'
import type { Operation } from './operations.ts'
import type { Finding, Problem } from './problems.ts'
import { checkQuery } from './query.ts'
import type { Validators } from './validators.ts'

/** How a journal shows a body that is no text. */
const FORM = '(multipart)'
const BYTES = '(bytes)'

export type RequestRules = {
  validators: Validators
  /** Query parameters that every call of the platform takes. */
  queryEverywhere: readonly string[]
  /** Schema of the JSON body; undefined when it has none. */
  body: (operation: Operation, exchange: Exchange) => string | undefined
  /** A schema of what the body must have at least. */
  minimum?: (operation: Operation) => string
}

export type AnswerRules = {
  validators: Validators
  /** Schema of the body of every refusal. */
  refusal: (exchange: Exchange) => string
  /** Statuses of a refusal, whether the call's description has them or not. */
  refusalStatuses: readonly number[]
  /** Schema of the answer's JSON body; undefined when it has none. */
  body: (operation: Operation, exchange: Exchange) => string | undefined
  /** Whether 204 is a good answer though the description does not have it. */
  mayBeEmpty: (operation: Operation) => boolean
}

/**
 * What is wrong with the request of a described call. A request that the platform refused may well be wrong, so only the
 * product's own are checked then.
 */
export function checkRequest(rules: RequestRules, operation: Operation, exchange: Exchange, scope: Scope): Problem[] {
  const isAccepted = exchange.status > 0 && exchange.status < 400
  if (!isAccepted && scope.refusedRequests !== true) return []
  const query = { parameters: operation.query, everywhere: rules.queryEverywhere }
  return [
    ...named(operation.name, 'query', checkQuery(rules.validators, query, exchange.query)),
    ...named(operation.name, 'request', checkBody(rules, operation, exchange)),
  ]
}

function checkBody(rules: RequestRules, operation: Operation, exchange: Exchange): Finding[] {
  const { requestBody } = exchange
  if (requestBody === FORM) return operation.takesForm ? [] : [{ at: '/', message: 'the contract has no form here' }]
  const schema = rules.body(operation, exchange)
  if (isNothing(requestBody)) {
    return schema === undefined || operation.isBodyOptional ? [] : [{ at: '/', message: 'a body is needed' }]
  }
  if (schema === undefined) {
    return [{ at: '/', message: operation.takesForm ? 'must be a form' : 'the contract has no body here' }]
  }
  const minimum = rules.minimum?.(operation)
  return [
    ...rules.validators.check(schema, requestBody),
    ...(minimum === undefined ? [] : rules.validators.checkDeclared(minimum, requestBody)),
  ]
}

/** What is wrong with the answer of a described call. A lost answer is no answer. */
export function checkAnswer(rules: AnswerRules, operation: Operation, exchange: Exchange, scope: Scope): Problem[] {
  const { status, answer } = exchange
  if (status === 0 || scope.ignoreAnswers === true) return []
  if (status >= 400) return checkRefusal(rules, operation.name, exchange)
  if (!operation.answers.has(status) && !(status === 204 && rules.mayBeEmpty(operation))) {
    const known = [...operation.answers.keys()].join(', ')
    return named(operation.name, 'status', [{ at: String(status), message: `the contract has ${known}` }])
  }
  const schema = status === 204 ? undefined : rules.body(operation, exchange)
  if (schema !== undefined) return named(operation.name, 'answer', rules.validators.check(schema, answer))
  if (isNothing(answer) || (status !== 204 && answer === BYTES)) return []
  return named(operation.name, 'answer', [{ at: '/', message: `a ${status} here has no body` }])
}

/** A refusal looks the same at every call, also at those that the contract does not have. */
export function checkRefusal(rules: AnswerRules, call: string, exchange: Exchange): Problem[] {
  if (!rules.refusalStatuses.includes(exchange.status)) {
    const message = `refusals are ${rules.refusalStatuses.join(', ')}`
    return named(call, 'status', [{ at: String(exchange.status), message }])
  }
  return named(call, 'answer', rules.validators.check(rules.refusal(exchange), exchange.answer))
}

function named(call: string, side: Problem['side'], findings: readonly Finding[]): Problem[] {
  return findings.map((finding) => ({ call, side, ...finding }))
}

function isNothing(body: unknown): boolean {
  return body === null || body === undefined || body === ''
}
