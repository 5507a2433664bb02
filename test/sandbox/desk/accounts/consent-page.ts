import { escapeHtml } from '../html.ts'

export type Signer = { agentId: string; orgId: string; name: string; email: string; role: string; companyName: string }

export type ConsentRequest = {
  clientId: string
  clientName: string
  redirectUri: string
  state: string
  scopes: string[]
  accessType: string
  prompt: string
}

/** Zoho's consent page, with the choice of who signs in since the sandbox has no passwords. */
export function consentPage(request: ConsentRequest, signers: Signer[]): string {
  const fields = {
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    scope: request.scopes.join(','),
    access_type: request.accessType,
    prompt: request.prompt,
  }
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('')
  return page(
    'Allow access',
    `<h1>${escapeHtml(request.clientName)} would like to access the following information.</h1>
<form method="post" action="/oauth/v2/auth/decision">${hidden}
<fieldset><legend>Sign in as</legend>${signers.map(signerRow).join('')}</fieldset>
<h2>Permissions</h2>
<ul data-testid="scopes">${request.scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('')}</ul>
<p class="small">${request.accessType === 'offline' ? 'The access lasts until it is revoked.' : 'The access lasts one hour.'}</p>
<p class="buttons"><button name="decision" value="accept" data-testid="accept">Accept</button>
<button name="decision" value="reject" class="quiet" data-testid="reject">Reject</button></p></form>`,
  )
}

export function oauthErrorPage(title: string, reason: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p data-testid="oauth-error">${escapeHtml(reason)}</p>`)
}

function signerRow(signer: Signer, position: number): string {
  const value = `${signer.orgId}/${signer.agentId}`
  return `<label><input type="radio" name="signer" value="${escapeHtml(value)}"${position === 0 ? ' checked' : ''}
 data-testid="signer-${escapeHtml(signer.agentId)}"> ${escapeHtml(signer.name)} <span class="small">${escapeHtml(signer.email)} ·
 ${escapeHtml(signer.role)} · portal ${escapeHtml(signer.companyName)} (${escapeHtml(signer.orgId)})</span></label>`
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Zoho Accounts (sandbox)</title>
<style>
:root{color-scheme:light dark}
body{margin:0;font:14px/1.5 puvi,"Roboto Flex",roboto,lato,inter,system-ui,sans-serif;background:#f7f9fc;color:#000}
main{max-width:560px;margin:32px auto;padding:24px;background:#fff;border:1px solid #dbdde0;border-radius:6px}
.mark{display:inline-block;padding:2px 8px;border-radius:4px;background:#a35613;color:#fff;font-size:12px}
h1{font-size:18px;font-weight:500}h2{font-size:14px;font-weight:500}
fieldset{border:1px solid #dbdde0;border-radius:4px}label{display:block;padding:6px 0}
.small{color:#5b5f61;font-size:12px}ul{padding-inline-start:20px}
button{font:inherit;padding:8px 20px;border-radius:4px;border:1px solid #2968c6;background:#2968c6;color:#fff;cursor:pointer}
button.quiet{background:none;color:inherit;border-color:#818487}
@media (prefers-color-scheme:dark){body{background:#1b212b;color:#fff}main{background:#232b38;border-color:#44474a}
.small{color:#b6b9bc}fieldset{border-color:#44474a}}
</style></head><body><main><span class="mark">Sandbox</span> Zoho Accounts${body}</main></body></html>`
}
