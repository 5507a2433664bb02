import { Hono } from 'hono'
import type { Server } from 'node:http'
import { listen } from '../shared/platform.ts'
import { workbenchPage } from './page.ts'

/** Serves the workbench page. */
export function serveWorkbench(port: number, deskUrl: string, phoneUrl: string): Promise<Server> {
  const app = new Hono()
  app.get('/', (c) => c.html(workbenchPage(deskUrl, phoneUrl)))
  return listen(app, port)
}
