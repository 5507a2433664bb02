import type { Page } from './pages.ts'
import { escapeHtml, scriptValue } from './pages.ts'
import type { SignInProblem } from './sign-in.types.ts'
import type { SignInPage } from './sign-in.usecases.ts'
import { wordsOf } from './sign-in.words.ts'

const STATUSES: Partial<Record<SignInProblem, Page['status']>> = {
  bad_link: 400,
  expired: 410,
  wrong_data_centre: 403,
  wrong_portal: 403,
  not_admin: 403,
  not_active: 403,
  unavailable: 503,
}

/** What the sign-in window shows. */
export function signInPage(page: SignInPage): Page {
  switch (page.kind) {
    case 'problem':
      return problemPage(page)
    case 'confirm':
      return confirmPage(page)
    case 'done':
      return donePage(page)
  }
}

/** Signing in again cannot help here. */
const FINAL: readonly SignInProblem[] = ['wrong_data_centre', 'not_connected']

function problemPage({ problem, locale, again }: SignInPage & { kind: 'problem' }): Page {
  const { lang, words } = wordsOf(locale)
  const link =
    again === undefined || FINAL.includes(problem)
      ? ''
      : `<p><a class="main" data-testid="again" href="/admin/sign-in?${escapeHtml(again)}">${words.again}</a></p>`
  return {
    status: STATUSES[problem] ?? 200,
    lang,
    title: words.title,
    body: `<h1>${words.problemTitle}</h1>
<p role="alert" data-testid="problem" data-problem="${problem}">${words.problems[problem]}</p>${link}`,
  }
}

function confirmPage({ confirm, purpose, portalId, administrator, locale }: SignInPage & { kind: 'confirm' }): Page {
  const { lang, words } = wordsOf(locale)
  const { name, portalName } = administrator
  return {
    status: 200,
    lang,
    title: words.title,
    body: `<h1>${purpose === 'connect' ? words.confirmConnect : words.confirmProof}</h1>
<dl><dt>${words.portal}</dt><dd data-testid="portal">${escapeHtml(portalName)} (${escapeHtml(portalId)})</dd>
<dt>${words.person}</dt><dd data-testid="person">${escapeHtml(name)}</dd></dl>
<p class="soft">${words.warning}</p>
<form method="post" action="/admin/sign-in/confirm"><input type="hidden" name="confirm" value="${escapeHtml(confirm)}">
<p class="row"><button class="main" name="decision" value="continue" data-testid="continue">${words.proceed}</button>
<button name="decision" value="cancel" data-testid="cancel">${words.cancel}</button></p></form>`,
  }
}

/** The code goes to the very origin that opened the window; it is shown too, since a window may have lost its opener. */
function donePage({ code, opener, locale }: SignInPage & { kind: 'done' }): Page {
  const { lang, words } = wordsOf(locale)
  const message = { source: 'kaiwa.sign_in', code }
  const post =
    opener === null
      ? ''
      : `if (window.opener !== null) window.opener.postMessage(${scriptValue(message)}, ${scriptValue(opener)});`
  return {
    status: 200,
    lang,
    title: words.title,
    body: `<h1>${words.done}</h1><p>${words.doneText}</p>
<p class="soft">${words.copyText}</p><code data-testid="code" id="code">${escapeHtml(code)}</code>
<p class="row"><button type="button" id="copy">${words.copy}</button><span role="status" id="copied"></span></p>`,
    script: `${post}
document.getElementById('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(document.getElementById('code').textContent)
  document.getElementById('copied').textContent = ${scriptValue(words.copied)}
});
history.replaceState(null, '', '/admin/sign-in/confirm');`,
  }
}
