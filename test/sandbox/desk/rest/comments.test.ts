import { describe, expect, it } from 'vitest'
import { demoAgentIds, demoPortal } from '../../demo.ts'
import { DeskKit, anyText, items, problems } from '../testkit.ts'

const photo = (): File => new File(['bytes'], 'photo.jpg', { type: 'image/jpeg' })

async function setup(): Promise<{ kit: DeskKit; path: string; id: string }> {
  const kit = await DeskKit.signedIn()
  const id = await kit.ticket()
  return { kit, id, path: `/tickets/${id}/comments` }
}

describe('comments', () => {
  it('keep plain text as it came', async () => {
    const { kit, path } = await setup()
    const content = '<script>alert(1)</script> \u202e & \u{1F600}\u200b\n"x"'
    const answer = await kit.api('POST', path, { content, contentType: 'plainText', isPublic: false })
    expect(answer.body).toMatchObject({
      content,
      contentType: 'plainText',
      isPublic: false,
      commenterId: demoAgentIds.ana,
      commenter: { name: 'Ana Ito', type: 'AGENT' },
      attachments: [],
      modifiedTime: null,
    })
  })

  it('are public HTML unless said otherwise, and then cleaned', async () => {
    const { kit, path } = await setup()
    const answer = await kit.api('POST', path, { content: '<b>Hi</b><script>x</script>' })
    expect(answer.body).toMatchObject({ content: '<b>Hi</b>', contentType: 'html', isPublic: true })
  })

  it.each([
    ['/content missing', {}],
    ['/content missing', { content: '' }],
    ['/content invalid', { content: 'x'.repeat(32_001) }],
    ['/content invalid', { content: '\u{1F600}'.repeat(16_001) }],
    ['/contentType invalid', { content: 'x', contentType: 'markdown' }],
    ['/isPublic invalid', { content: 'x', isPublic: 'perhaps' }],
    ['/attachmentIds invalid', { content: 'x', attachmentIds: ['1'] }],
  ])('are refused with %s', async (problem, body) => {
    const { kit, path } = await setup()
    const answer = await kit.api('POST', path, body)
    expect([answer.status, problems(answer)]).toEqual([422, [problem]])
    expect((await kit.api('GET', path)).status).toBe(204)
  })

  it('may be exactly 32,000 characters', async () => {
    const { kit, path } = await setup()
    expect((await kit.api('POST', path, { content: 'x'.repeat(32_000), contentType: 'plainText' })).status).toBe(200)
  })

  it('are refused on a ticket that does not exist', async () => {
    const { kit } = await setup()
    expect((await kit.api('POST', '/tickets/1/comments', { content: 'x' })).body.errorCode).toBe('URL_NOT_FOUND')
  })

  it('are listed in pages, newest first unless sorted', async () => {
    const { kit, path, id } = await setup()
    for (const content of ['a', 'b', 'c']) await kit.api('POST', path, { content, contentType: 'plainText' })
    const contents = async (query: string) =>
      items(await kit.api('GET', `${path}?${query}`)).map(({ content }) => content)
    expect(await contents('')).toEqual(['c', 'b', 'a'])
    expect(await contents('sortBy=commentedTime&limit=2')).toEqual(['a', 'b'])
    expect(await contents('sortBy=commentedTime&from=2')).toEqual(['c'])
    expect((await kit.api('GET', `/tickets/${id}`)).body.commentCount).toBe('3')
  })

  it('are changed by their writer or an administrator only', async () => {
    const { kit, path } = await setup()
    const { body } = await kit.api('POST', path, { content: 'x' })
    const one = `${path}/${String(body.id)}`
    expect((await kit.api('PATCH', one, { content: 'y' })).body).toMatchObject({
      content: 'y',
      modifiedTime: anyText,
    })
    expect(problems(await kit.api('PATCH', one, {}))).toEqual(['/content missing'])
    await kit.signIn({ orgId: demoPortal.orgId, agentId: demoAgentIds.ken })
    expect((await kit.api('PATCH', one, { content: 'z' })).body.errorCode).toBe('FORBIDDEN')
    expect((await kit.api('PATCH', `${path}/1`, { content: 'z' })).status).toBe(404)
  })
})

describe('uploads', () => {
  it('are kept and serve one comment', async () => {
    const { kit, path, id } = await setup()
    const upload = await kit.upload('/uploads', photo())
    expect(upload.body).toMatchObject({ name: 'photo.jpg', size: '5', creatorId: demoAgentIds.ana })
    const body = { content: 'x', attachmentIds: [upload.body.id] }
    const comment = await kit.api('POST', path, body)
    const place = `/tickets/${id}/comments/${String(comment.body.id)}/attachments/${String(upload.body.id)}/content`
    expect(comment.body.attachments).toMatchObject([
      { id: upload.body.id, name: 'photo.jpg', size: '5', href: `http://127.0.0.1:4302/api/v1${place}` },
    ])
    expect((await kit.api('GET', place)).text).toBe('bytes')
    expect(problems(await kit.api('POST', path, body))).toEqual(['/attachmentIds invalid'])
    const twice = await kit.upload('/uploads', photo())
    const doubled = await kit.api('POST', path, { content: 'x', attachmentIds: [twice.body.id, twice.body.id] })
    expect(problems(doubled)).toEqual(['/attachmentIds invalid'])
  })

  it('are refused without a file, as another type, and when too large', async () => {
    const { kit } = await setup()
    expect(problems(await kit.upload('/uploads', null))).toEqual(['/file missing'])
    expect((await kit.api('POST', '/uploads', { file: 'x' })).body.errorCode).toBe('UNSUPPORTED_MEDIA_TYPE')
    await kit.control('settings', { maxUploadBytes: 4 })
    const tooLarge = await kit.upload('/uploads', photo())
    expect([tooLarge.status, tooLarge.body.errorCode]).toEqual([413, 'RESOURCE_SIZE_EXCEEDED'])
  })

  it('go straight to a ticket as its attachment', async () => {
    const { kit, id } = await setup()
    expect((await kit.api('GET', `/tickets/${id}/attachments`)).status).toBe(204)
    const answer = await kit.upload(`/tickets/${id}/attachments?isPublic=false`, photo())
    expect(answer.body).toMatchObject({ name: 'photo.jpg', isPublic: false })
    expect(items(await kit.api('GET', `/tickets/${id}/attachments`))).toHaveLength(1)
    expect((await kit.api('GET', `/tickets/${id}/attachments?isPublic=true`)).status).toBe(204)
    expect((await kit.api('GET', `/tickets/${id}`)).body.attachmentCount).toBe('1')
  })
})

describe('faults', () => {
  it('do the work and lose the answer, or lose the answer and do the work later', async () => {
    const { kit, path } = await setup()
    await kit.control('faults', { match: `POST /api/v1${path}`, kind: 'timeout', count: 1 })
    const lost = await kit.api('POST', path, { content: 'kept', contentType: 'plainText' })
    expect(lost.headers.has('x-sandbox-cut')).toBe(true)
    expect(items(await kit.api('GET', path)).map(({ content }) => content)).toEqual(['kept'])
    await kit.control('faults', { match: `POST /api/v1${path}`, kind: 'drop', count: 1 })
    await kit.api('POST', path, { content: 'dropped' })
    expect(items(await kit.api('GET', path))).toHaveLength(1)
    const { promise, resolve } = Promise.withResolvers<void>()
    kit.desk.context.changes.listen(() => resolve())
    await kit.control('faults', { match: `POST /api/v1${path}`, kind: 'late', count: 1, delayMs: 10 })
    await kit.api('POST', path, { content: 'late', contentType: 'plainText' })
    expect(items(await kit.api('GET', path))).toHaveLength(1)
    await promise
    expect(items(await kit.api('GET', path)).map(({ content }) => content)).toEqual(['late', 'kept'])
  })
})
