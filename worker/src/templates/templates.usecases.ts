import type { StartConversationBody, TemplateView } from '../../../contract/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { GraphAnswer } from '../whatsapp/graph-request.ts'
import type { GraphTemplate } from '../whatsapp/graph-templates.ts'
import { FRESH_MS } from './template-cache.ts'
import type { TemplateCache } from './template-cache.ts'
import { templateErrors } from './templates.errors.ts'
import type { FilledTemplate } from './templates.model.ts'
import { fillTemplate, inListOrder, toTemplateView } from './templates.model.ts'

export type TemplatePorts = {
  cache: TemplateCache
  /** Asks Meta for the approved templates of the number's account. */
  ask(): Promise<GraphAnswer<GraphTemplate[]>>
  clock: Clock
  logger: Logger
}

/** Approved templates: at most five minutes old, or as they were last known while Meta does not answer. */
export async function listTemplates(ports: TemplatePorts): Promise<TemplateView[]> {
  const kept = await ports.cache.read()
  const now = ports.clock()
  if (kept !== null && now - kept.at < FRESH_MS) return kept.templates
  const answer = await ports.ask()
  if (answer.ok) {
    const templates = inListOrder(answer.value.map(toTemplateView))
    await ports.cache.write({ at: now, templates })
    return templates
  }
  const { code, kind } = answer.error
  ports.logger.warn('templates.not_read', { why: kind, metaCode: code, isStale: kept !== null })
  if (kept === null) throw templateErrors.unavailable(code)
  return kept.templates
}

/**
 * The template that is to be sent, filled in. One that the list does not hold is asked for again: it may have been approved a moment
 * ago. Throws 404 for a template that is not there and 422 for one that cannot be sent like that.
 */
export async function fillApproved(
  ports: TemplatePorts,
  { name, language, bodyParams }: StartConversationBody['template'],
): Promise<FilledTemplate> {
  const isAsked = (template: TemplateView) => template.name === name && template.language === language
  const template = (await listTemplates(ports)).find(isAsked) ?? (await listAnew(ports)).find(isAsked)
  if (template === undefined) throw templateErrors.notFound(name, language)
  if (template.why !== null) throw templateErrors.unfit(template.why)
  const filled = fillTemplate(template, bodyParams)
  if ('problem' in filled) throw templateErrors.values(filled)
  return { name, language, ...filled }
}

async function listAnew(ports: TemplatePorts): Promise<TemplateView[]> {
  const kept = await ports.cache.read()
  // Just read: asking again would say the same.
  if (kept !== null && ports.clock() - kept.at < ASK_AGAIN_MS) return []
  return listTemplates({ ...ports, cache: { ...ports.cache, read: async () => null } })
}

const ASK_AGAIN_MS = 10_000
