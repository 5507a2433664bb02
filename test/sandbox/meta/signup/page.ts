import { escapeHtml } from '../../desk/html.ts'

/** The shell of Meta's dialog; the page's script fills it step by step. */
export function dialogPage(sessionId: string, origin: string, state: string): string {
  return page(
    'WhatsApp signup',
    `<main id="dialog" data-testid="es-dialog" data-session="${escapeHtml(sessionId)}" data-origin="${escapeHtml(origin)}"
 data-state="${escapeHtml(state)}" aria-live="polite"></main>
<script type="module" src="/dialog/client/main.ts"></script>`,
  )
}

/** Why the dialog does not open, as Facebook says it to developers and not to people. */
export function refusedPage(reason: string): string {
  return page(
    'Facebook',
    `<main><h1>Feature unavailable</h1><p data-testid="es-refused">${escapeHtml(reason)}</p></main>`,
  )
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Facebook (sandbox)</title>
<link rel="stylesheet" href="/dialog/style.css">
</head>
<body><header><span class="mark">Sandbox</span> Facebook</header>${body}</body>
</html>`
}
