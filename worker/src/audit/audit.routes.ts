import { z } from 'zod'
import { auditListSchema, auditQuerySchema } from '../../../contract/index.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { createAuditReadRepo } from './audit.read.repo.ts'
import { exportAudit, listAudit } from './audit.usecases.ts'

const tags = ['Audit']

const list = defineRoute('admin', {
  method: 'get',
  path: '/api/audit',
  tags,
  summary: 'Who did what to settings, tokens, limits and conversations',
  request: { query: auditQuerySchema },
  responses: { 200: jsonAnswer(named('AuditList', auditListSchema), 'The newest first.') },
})

const csv = defineRoute('administrator', {
  method: 'get',
  path: '/api/audit.csv',
  tags,
  summary: 'All of it, for a spreadsheet',
  description: 'Cells that a spreadsheet would run as a formula begin with an apostrophe.',
  responses: { 200: { description: 'The newest first.', content: { 'text/csv': { schema: z.string() } } } },
})

export const auditRoutes = createRouter()
  .openapi(list, async (c) => {
    const { scope } = authOf(c)
    return c.json(await listAudit(createAuditReadRepo(scope), c.req.valid('query')), 200)
  })
  .openapi(csv, (c) => {
    const pieces = exportAudit(createAuditReadRepo(authOf(c).scope))
    const encoder = new TextEncoder()
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const piece: IteratorResult<string, void> = await pieces.next()
        if (piece.done === true) controller.close()
        else controller.enqueue(encoder.encode(piece.value))
      },
    })
    return new Response(body, {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="kaiwa-audit.csv"',
      },
    })
  })
