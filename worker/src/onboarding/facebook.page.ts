import { escapeHtml, scriptValue } from '../administration/pages.ts'
import { FACEBOOK_SCRIPT } from './facebook.script.ts'
import { wordsOf } from './facebook.words.ts'

export type FacebookPage = {
  locale: string | undefined
  /** Facebook's origin where it is played by somebody else; undefined for the real one. */
  facebookOrigin: string | undefined
  appId: string
  configId: string
  graphVersion: string
  isCoexistence: boolean
  /** The secret the page answers with. */
  page: string
  attemptId: string
  portal: string
}

const STYLE = `:root{color-scheme:light dark;--bg:#fff;--text:#000;--soft:#5a616f;--line:#dbdde0;--fill:#2968c6}
@media (prefers-color-scheme:dark){:root{--bg:#232b38;--text:#e2e4e6;--soft:#b6b9bc;--line:#44474a}}
*{box-sizing:border-box}
body{margin:0;padding:24px 16px;background:var(--bg);color:var(--text);
font:14px/1.5 puvi,"Roboto Flex",roboto,lato,inter,system-ui,-apple-system,sans-serif}
main{max-width:440px;margin:0 auto}
h1{font-size:20px;font-weight:500;margin:0 0 16px}
p{margin:0 0 16px}.soft{color:var(--soft)}
.portal{padding:12px 16px;border:1px solid var(--line);border-radius:6px;overflow-wrap:anywhere}
button{font:inherit;min-height:36px;padding:6px 20px;border-radius:4px;border:1px solid var(--fill);background:var(--fill);color:#fff;cursor:pointer}
button:disabled{opacity:.6;cursor:default}
button:focus-visible{outline:2px solid var(--text);outline-offset:2px}`

/** The window in which an administrator goes through Facebook's dialog. Only Facebook's script and our own run in it. */
export function facebookPage(page: FacebookPage, nonce: string): Response {
  const { lang, words } = wordsOf(page.locale)
  const sdk =
    page.facebookOrigin === undefined
      ? `https://connect.facebook.net/${lang === 'ja' ? 'ja_JP' : 'en_US'}/sdk.js`
      : new URL('/sdk.js', page.facebookOrigin).toString()
  const settings = {
    appId: page.appId,
    configId: page.configId,
    version: page.graphVersion,
    isCoexistence: page.isCoexistence,
    page: page.page,
    attemptId: page.attemptId,
    facebook: page.facebookOrigin ?? null,
    words,
  }
  const body = `<h1>${escapeHtml(words.title)}</h1><p>${escapeHtml(words.lead)}</p>
<p class="portal">${escapeHtml(words.portal)} <strong>${escapeHtml(page.portal)}</strong></p>
${page.isCoexistence ? `<p>${escapeHtml(words.coexistence)}</p>` : ''}<p class="soft">${escapeHtml(words.before)}</p>
<p><button id="start" type="button" disabled>${escapeHtml(words.start)}</button></p>
<p id="note" role="status">${escapeHtml(words.loading)}</p>
<script type="application/json" id="settings" nonce="${nonce}">${scriptValue(settings)}</script>
<script nonce="${nonce}">${FACEBOOK_SCRIPT}</script>
<script nonce="${nonce}" id="sdk" async defer crossorigin="anonymous" src="${escapeHtml(sdk)}"></script>`
  return htmlAnswer({ status: 200, lang, title: words.title, body, csp: policy(nonce, page.facebookOrigin), nonce })
}

/** What a window shows whose ticket is worth nothing any more. */
export function usedWindowPage(locale: string | undefined, nonce: string): Response {
  const { lang, words } = wordsOf(locale)
  const body = `<h1>${escapeHtml(words.title)}</h1><p role="alert">${escapeHtml(words.used)}</p>`
  return htmlAnswer({ status: 401, lang, title: words.title, body, csp: policy(nonce, undefined), nonce })
}

function policy(nonce: string, facebookOrigin: string | undefined): string {
  const facebook = facebookOrigin ?? 'https://*.facebook.com'
  const script = facebookOrigin ?? 'https://connect.facebook.net'
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${script}`,
    `style-src 'nonce-${nonce}'`,
    `connect-src 'self' ${facebook}`,
    `frame-src ${facebook}`,
    `img-src ${facebook} data:`,
    `form-action 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

type Shown = { status: number; lang: string; title: string; body: string; csp: string; nonce: string }

function htmlAnswer({ status, lang, title, body, csp, nonce }: Shown): Response {
  const html = `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main>${body}</main></body></html>`
  return new Response(html, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': csp,
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
  })
}
