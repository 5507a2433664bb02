import { newObjectId } from '../ids.ts'
import type { Json, TemplateRecord } from '../state.ts'
import { asText, isJson } from '../state.ts'
import type { Call } from './call.ts'
import { fieldsOf } from './call.ts'
import { badParameter, GraphError } from './errors.ts'
import { pageOf, pickFields } from './fields.ts'
import type { FieldTable } from './fields.ts'
import { componentsProblem } from './template-definition.ts'
import { planReview } from './template-review.ts'

const CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY']
const FORMATS = ['POSITIONAL', 'NAMED'] as const
const MAX_PER_ACCOUNT = 250
const CREATED_PER_HOUR = 100
const HOUR_MS = 3_600_000

const FIELDS: FieldTable<TemplateRecord> = {
  name: (template) => template.name,
  language: (template) => template.language,
  status: (template) => template.status,
  category: (template) => template.category,
  parameter_format: (template) => template.parameterFormat,
  components: (template) => template.components,
  quality_score: () => ({ score: 'UNKNOWN' }),
  rejected_reason: (template) => (template.status === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE'),
}

const DEFAULT_FIELDS = ['name', 'parameter_format', 'components', 'language', 'status', 'category']
const FILTERS = ['name', 'language', 'status', 'category'] as const

export function listTemplates({ deps, node, query, context }: Call<'waba'>): Json {
  const own = Object.values(deps.world.state.templates).filter((template) => template.wabaId === node.waba.id)
  const asked = fieldsOf(query) ?? DEFAULT_FIELDS
  const found = own.filter((template) =>
    FILTERS.every((key) => query.get(key) === null || template[key] === query.get(key)),
  )
  const items = found.map((template) => pickFields(template, FIELDS, asked))
  return pageOf(items, query, context.req.url)
}

export function getTemplate({ node, query }: Call<'template'>): Json {
  return pickFields(node.template, FIELDS, fieldsOf(query) ?? DEFAULT_FIELDS)
}

/** `POST /{WABA}/message_templates`: reviewed afterwards as the setting `templateReview` says. */
export function createTemplate({ deps, node, body }: Call<'waba'>): Json {
  const { world } = deps
  const own = Object.values(world.state.templates).filter((template) => template.wabaId === node.waba.id)
  const lately = own.filter((template) => template.createdAt > world.clock.now() - HOUR_MS)
  if (lately.length >= CREATED_PER_HOUR)
    throw new GraphError(80007, 'Too many templates were created in the last hour.')
  if (own.length >= MAX_PER_ACCOUNT) throw badParameter(`The account has its ${MAX_PER_ACCOUNT} templates`)
  const { name, language, category } = body
  if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name)) {
    throw badParameter('Param name must have up to 512 characters of a-z, 0-9 and _')
  }
  if (typeof language !== 'string' || !/^[a-z]{2,3}(?:_[A-Z]{2,3})?$/.test(language)) {
    throw badParameter('Param language must be a language code')
  }
  if (typeof category !== 'string' || !CATEGORIES.includes(category)) {
    throw badParameter(`Param category must be one of {${CATEGORIES.join(', ')}}`)
  }
  if (own.some((template) => template.name === name && template.language === language)) {
    throw new GraphError(100, 'There is already content in this language for this template.', { subcode: 2388024 })
  }
  const parameterFormat = FORMATS.find(
    (format) => format === asText(body['parameter_format'] ?? 'POSITIONAL').toUpperCase(),
  )
  if (parameterFormat === undefined) throw badParameter(`Param parameter_format must be one of {${FORMATS.join(', ')}}`)
  const components = acceptedComponents(body['components'], parameterFormat)

  const template: TemplateRecord = {
    id: newObjectId(),
    wabaId: node.waba.id,
    name,
    language,
    category,
    status: 'PENDING',
    parameterFormat,
    components,
    createdAt: world.clock.now(),
  }
  world.state.templates[template.id] = template
  world.touch()
  planReview(deps, template)
  return { id: template.id, status: template.status, category }
}

/** `POST /{template}`: new components or category; it goes back to review. */
export function editTemplate({ deps, node, body }: Call<'template'>): Json {
  const { template } = node
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status)) {
    throw new GraphError(100, 'Only approved, rejected or paused templates can be edited.')
  }
  if (body['components'] !== undefined) {
    template.components = acceptedComponents(body['components'], template.parameterFormat)
  }
  template.status = 'PENDING'
  deps.world.touch()
  planReview(deps, template)
  return { success: true }
}

/** `DELETE /{WABA}/message_templates?name=`: every language of the name, or the one with `hsm_id`. */
export function deleteTemplates({ deps, node, query }: Call<'waba'>): Json {
  const name = query.get('name')
  if (name === null || name === '') throw badParameter('The parameter name is required.')
  const hsmId = query.get('hsm_id')
  const doomed = Object.values(deps.world.state.templates).filter(
    (template) =>
      template.wabaId === node.waba.id && template.name === name && (hsmId === null || template.id === hsmId),
  )
  if (doomed.length === 0) throw new GraphError(100, 'Message template not found', { subcode: 2593002 })
  for (const template of doomed) delete deps.world.state.templates[template.id]
  deps.world.touch()
  return { success: true }
}

function acceptedComponents(value: unknown, format: TemplateRecord['parameterFormat']): Json[] {
  const problem = componentsProblem(value, format)
  if (problem !== undefined || !Array.isArray(value)) throw new GraphError(100, problem ?? 'components is required')
  return value.filter(isJson)
}
