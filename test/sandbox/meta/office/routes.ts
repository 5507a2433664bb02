import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { InputError } from '../inbound/customers.ts'
import { asText, isJson } from '../state.ts'
import { decide, decisionSchema } from './decisions.ts'
import { officePage } from './page.ts'

const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** Meta's office at `/office`: what `POST /__sandbox/decision` does, by buttons. */
export function mountOffice(app: Hono, deps: Deps): void {
  app.get('/office', (c) => c.html(officePage(deps.world.state, c.req.query('said') ?? ''), 200, HEADERS))
  app.post('/office', async (c) => {
    const form = await c.req.parseBody()
    return c.redirect(`/office?said=${encodeURIComponent(outcomeOf(deps, decisionOf(form)))}`, 303)
  })
  app.post('/__sandbox/decision', async (c: Context) => {
    const parsed = decisionSchema.safeParse(await c.req.json().catch(() => undefined))
    if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400)
    try {
      return c.json(decide(deps, parsed.data))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return c.json({ error: error.message }, 400)
    }
  })
}

/** A button's decision; the text of the field beside it where it has one. */
function decisionOf(form: Record<string, unknown>): unknown {
  const decision = typeof form['decision'] === 'string' ? jsonOf(form['decision']) : undefined
  if (!isJson(decision) || decision['do'] !== 'about') return decision
  return { ...decision, text: form[`about-${asText(decision['phoneNumberId'])}`] }
}

/** What the page says after a button. */
function outcomeOf(deps: Deps, decision: unknown): string {
  const parsed = decisionSchema.safeParse(decision)
  if (!parsed.success) return 'Nothing was decided.'
  try {
    decide(deps, parsed.data)
    return 'Decided.'
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
