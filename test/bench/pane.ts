import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Frame, Page } from 'playwright-core'
import { connectOrganisation, demoOrganisation } from '../sandbox/demo-connection.ts'
import { demoMeta, demoPortal } from '../sandbox/demo.ts'
import { buildWidget, isWidgetBuilt } from '../../scripts/gate/widget.ts'
import { launchBrowser } from '../support/browser.ts'
import { messagesBody, postWebhook } from '../support/signed-webhook.ts'
import { eventually } from '../support/wait.ts'
import type { Figure } from './figures.ts'
import { median, quantile } from './load.ts'
import type { Platforms } from './platforms.ts'
import { benchOperatorToken, startProduct } from './product.ts'
import type { BenchWorker } from './product.ts'
import { serveWidget } from './stage.ts'

const LIVE_SAMPLES = 30
const THREAD_LENGTH = 10_000
const OPENINGS = 5

/** In a real browser: from the webhook's arrival to the bubble, and opening a conversation of 10,000 messages. */
export async function benchPane(platforms: Platforms): Promise<Figure[]> {
  const product = await startProduct(platforms.origins)
  const widget = await serveWidget({
    workerOrigin: product.url,
    deskOrigin: platforms.origins.desk,
    port: platforms.widgetPort,
  })
  const browser = await launchBrowser()
  try {
    const { installKey } = await connectOrganisation(product.url, benchOperatorToken, demoOrganisation)
    platforms.desk.setConfigParam(demoPortal.orgId, 'install_key', installKey)
    const ticketId = await firstTicket(product)
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } })
    const frame = await openTicket(page, platforms.origins.desk, ticketId)
    await frame.locator('[data-testid=message]').first().waitFor()
    const latencies: number[] = []
    for (let index = 0; index < LIVE_SAMPLES; index += 1) latencies.push(await timeToBubble(product, frame))
    await seedThread(product)
    const openings: Opening[] = []
    for (let index = 0; index < OPENINGS; index += 1)
      openings.push(await timeOpening(page, platforms.origins.desk, ticketId))
    return [
      { name: 'live: webhook to bubble, p50', value: median(latencies), unit: 'ms' },
      { name: 'live: webhook to bubble, p95', value: quantile(latencies, 0.95), unit: 'ms', aim: { atMost: 150 } },
      {
        name: `thread of ${THREAD_LENGTH}: last page painted after its data came`,
        value: median(openings.map((opening) => opening.paintMs)),
        unit: 'ms',
        aim: { atMost: 200 },
      },
      {
        name: `thread of ${THREAD_LENGTH}: pane shown to last page painted`,
        value: median(openings.map((opening) => opening.totalMs)),
        unit: 'ms',
      },
      {
        name: `thread of ${THREAD_LENGTH}: rows in the document`,
        value: Math.max(...openings.map((opening) => opening.rows)),
        unit: 'rows',
        aim: { atMost: 150 },
      },
    ]
  } finally {
    await browser.close()
    widget.closeAllConnections()
    widget.close()
    await product.close()
  }
}

const CUSTOMER = '447700900888'

function inbound(text: string): string {
  return messagesBody(demoMeta.wabaId, demoMeta.phoneNumberId, [
    {
      from: CUSTOMER,
      name: 'Bench Customer',
      id: `wamid.${randomUUID()}`,
      text,
      timestamp: Math.floor(Date.now() / 1_000),
    },
  ])
}

async function firstTicket(product: BenchWorker): Promise<string> {
  await postWebhook(product.url, demoMeta.appSecret, inbound('The first message'))
  return eventually('the first ticket', async () => {
    const row = await product.env.SHARD_0.prepare('SELECT ticket_id FROM tickets').first()
    return typeof row?.ticket_id === 'string' ? row.ticket_id : undefined
  })
}

async function openTicket(page: Page, desk: string, ticketId: string): Promise<Frame> {
  await page.goto('about:blank')
  await page.goto(`${desk}/#ticket/${ticketId}`)
  return eventually('the pane', () => page.frames().find((frame) => frame.url().includes('/app/ticket.html')))
}

/** Milliseconds from posting a webhook until its bubble is in the document and painted. */
async function timeToBubble(product: BenchWorker, frame: Frame): Promise<number> {
  const text = `live ${randomUUID()}`
  const seen = frame.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): boolean =>
          document.querySelector('[data-testid=thread]')?.textContent?.includes(wanted) === true
        const done = (): void => void requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()))
        if (look()) return done()
        const observer = new MutationObserver(() => {
          if (!look()) return
          observer.disconnect()
          done()
        })
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
      }),
    text,
  )
  const posted = performance.timeOrigin + performance.now()
  await postWebhook(product.url, demoMeta.appSecret, inbound(text))
  const at = await seen
  // Idle again before the next one.
  await new Promise((resolve) => setTimeout(resolve, 300))
  return at - posted
}

/** Fills the conversation by recursive SQL. */
async function seedThread(product: BenchWorker): Promise<void> {
  await product.env.SHARD_0.prepare(
    `INSERT INTO messages (org_id, conversation_id, wamid, direction, kind, content, summary, sent_at, received_at, status, change)
       WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
       SELECT v.org_id, v.id, 'wamid.thread.' || i, 'in', 'text', json_object('kind', 'text', 'text', 'Message ' || i || ' of a long conversation'),
         'Message ' || i, 1700000000000 + i * 60000, 1700000000000 + i * 60000, 'received', 0
       FROM n, (SELECT id, org_id FROM conversations LIMIT 1) v`,
  )
    .bind(THREAD_LENGTH)
    .run()
}

type Opening = { paintMs: number; totalMs: number; rows: number }

/** One opening of the pane: `paintMs` counts from the last page's data to its paint, `totalMs` from the pane's own start. */
async function timeOpening(page: Page, desk: string, ticketId: string): Promise<Opening> {
  const frame = await openTicket(page, desk, ticketId)
  await frame.locator('[data-testid=message]').last().waitFor()
  return frame.evaluate(
    () =>
      new Promise<Opening>((resolve) => {
        requestAnimationFrame(() => {
          const painted = performance.now()
          const entries = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/messages'))
          const ends = entries.map((entry) => (entry instanceof PerformanceResourceTiming ? entry.responseEnd : 0))
          const dataAt = Math.max(...ends)
          resolve({
            paintMs: painted - dataAt,
            totalMs: painted,
            rows: document.querySelectorAll('[data-testid=message]').length,
          })
        })
      }),
  )
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const FIRST_LOAD_BYTES = 45 * 1_024

/** Bytes of the ticket pane's first load, gzip: what the page names, and what those import before anything is shown. */
export async function benchFirstLoad(): Promise<Figure[]> {
  if (!isWidgetBuilt()) await buildWidget()
  const page = readFileSync(join(root, 'app', 'ticket.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="(\.?\/?[^"]+\.(?:js|css))"/g)].flatMap(([, path]) =>
    path === undefined || path.includes('://') ? [] : [path.replace(/^(\.|\/app)?\//, '')],
  )
  const bytes = named.reduce((sum, path) => sum + gzipSync(readFileSync(join(root, 'app', path))).length, 0)
  return [
    { name: 'first load of the ticket pane, gzip', value: bytes, unit: 'bytes', aim: { atMost: FIRST_LOAD_BYTES } },
  ]
}
