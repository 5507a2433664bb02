import { z } from 'zod'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { signInQuerySchema } from '../../../contract/index.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { DATA_CENTRE_NAMES } from '../platform/data-centres.ts'
import { readConfig } from '../platform/env.ts'
import { AppError } from '../platform/errors.ts'
import { newSecret } from '../platform/ids.ts'
import { logger } from '../platform/logger.ts'
import { createRouter, defineRoute } from '../platform/router.ts'
import { pageAnswer } from './pages.ts'
import { signInPage } from './sign-in.pages.ts'
import { createSignInPorts } from './sign-in.ports.ts'
import { beginSignIn, confirmSignIn, returnFromZoho } from './sign-in.usecases.ts'
import type { SignInPage, SignInPorts } from './sign-in.usecases.ts'
import { requireVisitorPermit } from './visitors.middleware.ts'

/** Ties a sign-in to the browser that opened it: an address sent to somebody else is worth nothing there. */
const COOKIE = 'kaiwa_sign_in'
const COOKIE_SECONDS = 15 * 60
const SECRET = /^[0-9a-z]{40}$/

const text = z.string().max(4_000).optional()
const page = { description: 'A page for the person.', content: { 'text/html': { schema: z.string() } } }
const tags = ['Administration']

const begin = defineRoute('public', {
  method: 'get',
  path: '/admin/sign-in',
  tags,
  summary: 'Open the sign-in window',
  description: 'Takes challenge, portalId, dataCentre, purpose, locale and origin, and sends the browser to Zoho.',
  request: {
    query: z.object({ challenge: text, portalId: text, dataCentre: text, purpose: text, locale: text, origin: text }),
  },
  responses: { 302: { description: 'To Zoho.' }, 400: page },
})

const callback = defineRoute('public', {
  method: 'get',
  path: '/oauth/zoho/callback',
  tags,
  summary: 'Come back from Zoho',
  request: { query: z.object({ state: text, code: text, location: text, error: text }) },
  responses: { 200: page, 403: page, 410: page, 503: page },
})

const confirm = defineRoute('public', {
  method: 'post',
  path: '/admin/sign-in/confirm',
  tags,
  summary: 'Confirm who signed in',
  request: {
    body: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: z.object({ confirm: z.string().max(100), decision: z.enum(['continue', 'cancel']) }),
        },
      },
    },
  },
  responses: { 200: page, 410: page, 503: page },
})

export const signInRoutes = createRouter()
  .openapi(begin, async (c) => {
    await requireVisitorPermit(c, 'sign_in')
    const query = signInQuerySchema.safeParse(c.req.valid('query'))
    if (!query.success || !DATA_CENTRE_NAMES.includes(query.data.dataCentre)) {
      return answer({ kind: 'problem', problem: 'bad_link', locale: c.req.valid('query').locale })
    }
    const browser = browserOf(c) ?? newSecret()
    const target = await beginSignIn(portsOf(c), query.data, browser)
    keepBrowser(c, browser)
    return c.redirect(target, 302)
  })
  .openapi(callback, async (c) => {
    await requireVisitorPermit(c, 'return')
    const { state = '', code, location } = c.req.valid('query')
    return answerOrProblem((ports) => returnFromZoho(ports, { state, code, location, browser: browserOf(c) ?? '' }), c)
  })
  .openapi(confirm, async (c) => {
    await requireVisitorPermit(c, 'confirm')
    const { confirm: secret, decision } = c.req.valid('form')
    const given = { confirm: secret, browser: browserOf(c) ?? '', isAccepted: decision === 'continue' }
    return answerOrProblem((ports) => confirmSignIn(ports, given), c)
  })

/** Whoever waits in a window reads a page, whatever happens. */
async function answerOrProblem(
  run: (ports: SignInPorts) => Promise<SignInPage>,
  c: Context<AppEnv>,
): Promise<Response> {
  try {
    return answer(await run(portsOf(c)))
  } catch (error) {
    if (error instanceof AppError) throw error
    logger.error('sign_in.failed', error, { requestId: c.get('requestId') })
    return answer({ kind: 'problem', problem: 'unavailable', locale: undefined })
  }
}

function answer(shown: SignInPage): Response {
  return pageAnswer(signInPage(shown), newSecret())
}

function portsOf(c: Context<AppEnv>): SignInPorts {
  return createSignInPorts(c.env, new URL(readConfig(c.env).PUBLIC_ORIGIN ?? c.req.url).origin)
}

function browserOf(c: Context<AppEnv>): string | undefined {
  const value = isSecure(c) ? getCookie(c, COOKIE, 'host') : getCookie(c, COOKIE)
  return value !== undefined && SECRET.test(value) ? value : undefined
}

/** Under the prefix `__Host-` no neighbouring host can plant one. The sandbox has no TLS, and no neighbours. */
function keepBrowser(c: Context<AppEnv>, browser: string): void {
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: COOKIE_SECONDS } as const
  if (isSecure(c)) setCookie(c, COOKIE, browser, { ...options, prefix: 'host', secure: true })
  else setCookie(c, COOKIE, browser, options)
}

function isSecure(c: Context<AppEnv>): boolean {
  return new URL(c.req.url).protocol === 'https:'
}
