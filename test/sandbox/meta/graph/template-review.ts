import type { Deps } from '../deps.ts'
import type { TemplateRecord } from '../state.ts'

type Decision = { status: string; reason?: string }

const BY_SETTING: Record<string, Decision> = {
  approve: { status: 'APPROVED' },
  reject: { status: 'REJECTED', reason: 'INVALID_FORMAT' },
}

/** Meta's review, some moments later; with the setting `manual` it waits for a control call. */
export function planReview(deps: Deps, template: TemplateRecord): void {
  const decision = BY_SETTING[deps.world.settings.templateReview]
  if (decision === undefined) return
  setTimeout(() => {
    const isStillThere = deps.world.state.templates[template.id] === template && template.status === 'PENDING'
    if (isStillThere) decideTemplate(deps, template, decision)
  }, deps.world.settings.templateReviewMs).unref()
}

/** Sets a template's status and tells the app (`message_template_status_update`, ids as numbers as at Meta). */
export function decideTemplate(
  { world, outbox }: Deps,
  template: TemplateRecord,
  { status, reason = 'NONE' }: Decision,
): void {
  template.status = status
  world.touch()
  outbox.emit({
    wabaId: template.wabaId,
    field: 'message_template_status_update',
    value: {
      event: status,
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
      message_template_category: template.category,
      reason,
    },
  })
}
