import { describe, expect, it } from 'vitest'
import { demoAgentIds, demoDepartmentIds, demoPortal } from '../../demo.ts'
import { sanitizeHtml } from '../html.ts'
import { DeskKit } from '../testkit.ts'
import type { Answer } from '../testkit.ts'
import { htmlTree } from './html-tree.ts'

function page(kit: DeskKit, agentId: string, path: string, body?: unknown): Promise<Answer> {
  return kit.send(`/__sandbox/desk/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'x-sandbox-agent': `${demoPortal.orgId}/${agentId}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

describe('cleaned HTML', () => {
  it.each([
    ['<b>x</b>', '<b>x</b>'],
    ['<script>alert(1)</script>x', 'x'],
    ['<scr<script></script>ipt>alert(1)</script>', 'alert(1)'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<a href="https://a.example/?x=1&y=2" onclick="x">l</a>', '<a href="https://a.example/?x=1&y=2">l</a>'],
    ['<a href="javascript:x">l</a>', '<a>l</a>'],
    ['<a href="https://a.example/&quot;<x>">l</a>', '<a href="https://a.example/&quot;&lt;x>">l</a>'],
    ['<svg><script>x</script></svg>', ''],
    ['1 < 2 > 0', '1 &lt; 2 &gt; 0'],
    ['<b', '&lt;b'],
    ['<!-- x --><p style="x">y', '<p>y'],
    ['<iframe src="//evil">', ''],
  ])('%s', (html, cleaned) => {
    expect(sanitizeHtml(html)).toBe(cleaned)
  })

  it('becomes data for the page', () => {
    expect(htmlTree('a<br><b>x &lt;&#128512;</b></i><a href="https://a.example">l</a><p>open')).toEqual([
      'a',
      { tag: 'br', children: [] },
      { tag: 'b', children: ['x <\u{1F600}'] },
      { tag: 'a', href: 'https://a.example', children: ['l'] },
      { tag: 'p', children: ['open'] },
    ])
  })
})

describe('what an agent sees', () => {
  it('is nothing without being one', async () => {
    const kit = new DeskKit()
    expect((await kit.send('/__sandbox/desk/tickets', {})).status).toBe(401)
    expect((await page(kit, 'nobody', 'tickets')).status).toBe(401)
  })

  it('are the tickets of the own departments', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket({ departmentId: demoDepartmentIds.sales })
    expect((await page(kit, demoAgentIds.ana, 'tickets')).text).toContain(id)
    expect((await page(kit, demoAgentIds.ken, 'tickets')).text).toBe('[]')
    expect((await page(kit, demoAgentIds.ken, `tickets/${id}`)).status).toBe(403)
  })

  it('costs no credits and leaves no trace in the journal', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket()
    const used = kit.desk.state.portals[demoPortal.orgId]?.credits.used
    await page(kit, demoAgentIds.ana, `tickets/${id}`)
    await page(kit, demoAgentIds.ana, 'actions/status', { ticketId: id, status: 'Closed' })
    expect(kit.desk.state.portals[demoPortal.orgId]?.credits.used).toBe(used)
    expect((await kit.send('/__sandbox/journal', {})).text).not.toContain('__sandbox/desk')
  })

  it('shows comments as text and HTML as data', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket({ description: '<b>x</b><script>y</script>' })
    await kit.api('POST', `/tickets/${id}/comments`, { content: '<script>z</script>', contentType: 'plainText' })
    const answer = await page(kit, demoAgentIds.ana, `tickets/${id}`)
    expect(answer.body.description).toEqual([{ tag: 'b', children: ['x'] }])
    expect(answer.body.comments).toMatchObject([{ content: '<script>z</script>', isPublic: true, author: 'Ana Ito' }])
  })
})

describe('what an agent does', () => {
  const status = async (kit: DeskKit, id: string): Promise<unknown> =>
    (await kit.api('GET', `/tickets/${id}`)).body.status

  it('closes, moves, marks, trashes, restores, deletes', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket()
    const act = (action: string, body: object = {}) =>
      page(kit, demoAgentIds.ana, `actions/${action}`, { ticketId: id, ...body })
    await act('status', { status: 'Closed' })
    expect(await status(kit, id)).toBe('Closed')
    await act('move', { departmentId: demoDepartmentIds.sales })
    await act('spam', { isSpam: true })
    await act('trash')
    expect((await kit.api('GET', `/tickets/${id}`)).body).toMatchObject({
      departmentId: demoDepartmentIds.sales,
      isSpam: true,
      isTrashed: true,
    })
    expect((await act('status', { status: 'Open' })).status).toBe(422)
    await act('restore')
    expect((await kit.api('GET', `/tickets/${id}`)).body.isTrashed).toBe(false)
    await act('trash')
    await act('delete')
    expect((await kit.api('GET', `/tickets/${id}`)).body.errorCode).toBe('URL_NOT_FOUND')
  })

  it('comments privately as a light agent and nothing else', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket()
    const comment = await page(kit, demoAgentIds.max, 'actions/comment', { ticketId: id, content: 'x', isPublic: true })
    expect(comment.status).toBe(200)
    const stored = kit.desk.state.portals[demoPortal.orgId]?.tickets[id]?.comments
    expect(stored).toMatchObject([{ content: 'x', isPublic: false, commenterId: demoAgentIds.max }])
    expect((await page(kit, demoAgentIds.max, 'actions/status', { ticketId: id, status: 'Closed' })).status).toBe(403)
  })

  it('is told what is not possible', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket()
    const act = (action: string, body: object) =>
      page(kit, demoAgentIds.ana, `actions/${action}`, { ticketId: id, ...body })
    expect((await act('status', { status: 'Gone' })).body.error).toBe('There is no such status.')
    expect((await act('merge', { otherId: id })).status).toBe(422)
    expect((await act('assign', { agentId: demoAgentIds.lea })).status).toBe(422)
    expect((await act('dance', {})).status).toBe(422)
    expect((await act('comment', { content: ' ' })).status).toBe(422)
  })
})

describe('live changes', () => {
  it('reach the page while it listens', async () => {
    const kit = await DeskKit.signedIn()
    const response = await kit.desk.platform.app.request('/__sandbox/desk/events')
    const reader = response.body?.getReader()
    const next = async (): Promise<string> => {
      const part = await reader?.read()
      return new TextDecoder().decode(part?.value)
    }
    expect(await next()).toContain('event: ready')
    const id = await kit.ticket()
    expect(await next()).toContain(`{"kind":"ticket","orgId":"${demoPortal.orgId}","ticketId":"${id}"}`)
    await reader?.cancel()
  })
})

describe('files of the page', () => {
  it('come with a policy that runs no foreign script, and the SDK as a plain script', async () => {
    const kit = new DeskKit()
    const shell = await kit.send('/', {})
    expect(shell.headers.get('content-security-policy')).toContain("script-src 'self'")
    const sdk = await kit.send('/sdk/ZohoDeskClientSDK.min.js', {})
    expect(sdk.headers.get('content-type')).toContain('text/javascript')
    expect(sdk.text).not.toContain('type Values')
    expect((await kit.send('/client/app.ts', {})).text).toContain('class DeskPage')
    expect((await kit.send('/client/nothing.ts', {})).status).toBe(404)
    expect((await kit.send('/client/..%2Fdesk.ts', {})).status).toBe(404)
  })

  it('give a right-to-left stand-in made of English', async () => {
    const kit = new DeskKit({ localeFiles: () => ({ en: { a: 'Hi {name}' }, ja: { a: 'x' } }) })
    expect((await kit.send('/__sandbox/desk/locale/ja', {})).body).toEqual({ a: 'x' })
    expect((await kit.send('/__sandbox/desk/locale/ar-XB', {})).body).toEqual({ a: '\u27e6Hi {name}\u27e7' })
    expect((await kit.send('/__sandbox/desk/locale/fr', {})).body).toEqual({ a: 'Hi {name}' })
  })
})
