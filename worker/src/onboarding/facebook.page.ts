import { escapeHtml, pageAnswer, scriptValue } from '../administration/pages.ts'
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
<dl><dt>${escapeHtml(words.portal)}</dt><dd>${escapeHtml(page.portal)}</dd></dl>
${page.isCoexistence ? `<p>${escapeHtml(words.coexistence)}</p>` : ''}<p class="soft">${escapeHtml(words.before)}</p>
<p><button class="main" id="start" type="button" disabled>${escapeHtml(words.start)}</button></p>
<p id="note" role="status">${escapeHtml(words.loading)}</p>
<script type="application/json" id="settings" nonce="${nonce}">${scriptValue(settings)}</script>
<script nonce="${nonce}">${FACEBOOK_SCRIPT}</script>
<script nonce="${nonce}" id="sdk" async defer crossorigin="anonymous" src="${escapeHtml(sdk)}"></script>`
  return pageAnswer({ status: 200, lang, title: words.title, body, policy: policyOf(page.facebookOrigin) }, nonce)
}

/** What a window shows whose ticket is worth nothing any more. */
export function usedWindowPage(locale: string | undefined, nonce: string): Response {
  const { lang, words } = wordsOf(locale)
  const body = `<h1>${escapeHtml(words.title)}</h1><p role="alert">${escapeHtml(words.used)}</p>`
  return pageAnswer({ status: 401, lang, title: words.title, body }, nonce)
}

/** What Facebook's script needs beside itself. */
function policyOf(facebookOrigin: string | undefined): Record<string, string> {
  const facebook = facebookOrigin ?? 'https://*.facebook.com'
  return {
    'script-src': facebookOrigin ?? 'https://connect.facebook.net',
    'connect-src': `'self' ${facebook}`,
    'frame-src': facebook,
    'img-src': `${facebook} data:`,
    'form-action': `'none'`,
  }
}
