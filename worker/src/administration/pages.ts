/** A page of the Worker's own windows. `script` runs by its nonce; nothing else may, but for what `policy` adds. */
export type Page = {
  status: 200 | 400 | 401 | 403 | 410 | 503
  lang: string
  title: string
  body: string
  script?: string
  /** Sources that this page may use beside its own, by directive of its Content-Security-Policy. */
  policy?: Readonly<Record<string, string>>
}

const STYLE = `:root{color-scheme:light dark;--bg:#fff;--text:#000;--soft:#5a616f;--line:#dbdde0;--fill:#2968c6}
@media (prefers-color-scheme:dark){:root{--bg:#232b38;--text:#e2e4e6;--soft:#b6b9bc;--line:#44474a}}
*{box-sizing:border-box}
body{margin:0;padding:24px 16px;background:var(--bg);color:var(--text);
font:14px/1.5 puvi,"Roboto Flex",roboto,lato,inter,system-ui,-apple-system,sans-serif}
main{max-width:440px;margin:0 auto}
h1{font-size:20px;font-weight:500;margin:0 0 16px}
p{margin:0 0 16px}.soft{color:var(--soft)}
dl{margin:0 0 16px;padding:12px 16px;border:1px solid var(--line);border-radius:6px}
dt{color:var(--soft);font-size:12px}dd{margin:0 0 8px;overflow-wrap:anywhere}dd:last-child{margin:0}
.row{display:flex;gap:8px;flex-wrap:wrap}
button,a.main{font:inherit;display:inline-block;min-height:36px;padding:6px 20px;border-radius:4px;border:1px solid #818487;background:none;
color:inherit;cursor:pointer;text-decoration:none}
.row{align-items:center}
.main{background:var(--fill)!important;border-color:var(--fill)!important;color:#fff!important}
button:disabled{opacity:.6;cursor:default}
button:focus-visible,a:focus-visible{outline:2px solid var(--text);outline-offset:2px}
code{display:block;padding:8px 12px;margin:0 0 8px;border:1px solid var(--line);border-radius:4px;
font:14px/1.5 ui-monospace,monospace;overflow-wrap:anywhere;user-select:all}`

/**
 * The answer of a page: nothing from elsewhere loads, nothing frames it, no address of it leaves with a link, and it is kept nowhere.
 */
export function pageAnswer({ status, lang, title, body, script, policy = {} }: Page, nonce: string): Response {
  const html = `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main>${body}</main>${script === undefined ? '' : `<script nonce="${nonce}">${script}</script>`}</body></html>`
  return new Response(html, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policyText(nonce, policy),
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
  })
}

function policyText(nonce: string, { 'script-src': scripts, ...others }: Readonly<Record<string, string>>): string {
  const directives = {
    'default-src': `'none'`,
    'style-src': `'nonce-${nonce}'`,
    'script-src': [`'nonce-${nonce}'`, ...(scripts === undefined ? [] : [scripts])].join(' '),
    'form-action': `'self'`,
    'base-uri': `'none'`,
    'frame-ancestors': `'none'`,
    ...others,
  }
  return Object.entries(directives)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
}

export function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replaceAll(/[&<>"']/g, (character) => names[character] ?? '')
}

/** A value inside a script of a page: nothing in it can end the script. */
export function scriptValue(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`)
}
