import { escapeHtml } from '../../desk/html.ts'
import { asText } from '../state.ts'
import type { BusinessRecord, LineRecord, NumberRecord, State, WabaRecord } from '../state.ts'
import { RESTRICTIONS, TIERS } from './decisions.ts'
import type { Decision } from './decisions.ts'

/** "Meta's office": everything that Meta or an account's owner decides, as buttons. Each is one form post. */
export function officePage(state: State, said: string): string {
  const businesses = Object.values(state.businesses).map((business) => businessCard(state, business))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Meta's office (Sandbox)</title>
<link rel="stylesheet" href="/dialog/style.css">
</head>
<body class="office"><header><span class="mark">Sandbox</span> Meta's office</header>
<form method="post" action="/office">
<main><h1>Meta's office</h1><p class="soft">What Meta or the owner of an account decides. Each button sends the webhook that Meta has for it.</p>
${said === '' ? '' : `<p role="status" data-testid="office-said">${escapeHtml(said)}</p>`}
${codesOf(state)}</main>
${businesses.join('\n')}
${linesCard(Object.values(state.lines))}
</form></body></html>`
}

/** The codes under way: no telephone rings here. */
function codesOf(state: State): string {
  const waiting = Object.values(state.numbers).filter(({ code }) => code !== undefined)
  if (waiting.length === 0) return ''
  const rows = waiting.map(
    ({ id, displayPhoneNumber, code }) =>
      `<li>${escapeHtml(displayPhoneNumber)}: <strong data-testid="office-code-${id}">${code?.value ?? ''}</strong> (${code?.method === 'VOICE' ? 'call' : 'text message'})</li>`,
  )
  return `<h2>Codes on their way</h2><ul>${rows.join('')}</ul>`
}

function businessCard(state: State, business: BusinessRecord): string {
  const { id, name, verificationStatus } = business
  const accounts = Object.values(state.wabas).filter(({ businessId }) => businessId === id)
  const verification = (['verified', 'pending', 'rejected', 'revoked', 'not_verified'] as const).map((status) =>
    button({ do: 'business', businessId: id, status }, status, status === verificationStatus),
  )
  const limits = TIERS.map((tier) => button({ do: 'limit', businessId: id, tier }, tier.replace('TIER_', '')))
  return `<main><h1>${escapeHtml(name)}</h1><p class="soft">Business portfolio ${id}</p><table>
${row('Business verification', verificationStatus, verification)}
${row('Messaging limit', '', limits)}
</table>${accounts.map((waba) => accountPart(state, waba)).join('')}</main>`
}

function accountPart(state: State, waba: WabaRecord): string {
  const wabaId = waba.id
  const numbers = Object.values(state.numbers).filter((number) => number.wabaId === wabaId)
  const review = (['APPROVED', 'REJECTED', 'PENDING', 'DEFERRED'] as const).map((decision) =>
    button({ do: 'review', wabaId, decision }, decision, decision === waba.accountReviewStatus),
  )
  const payment = [true, false].map((isPresent) =>
    button(
      { do: 'payment', wabaId, isPresent },
      isPresent ? 'present' : 'missing',
      isPresent === waba.hasPaymentMethod,
    ),
  )
  const bans = (['DISABLE', 'SCHEDULE_FOR_DISABLE', 'REINSTATE'] as const).map((banState) =>
    button({ do: 'ban', wabaId, state: banState }, banState),
  )
  const restrictions = [
    ...RESTRICTIONS.map((type) => button({ do: 'restrict', wabaId, types: [type], hours: 24 }, type)),
    button({ do: 'restrict', wabaId, types: [], hours: 24 }, 'none'),
  ]
  const apps = waba.subscriptions.map(({ appId }) => state.apps[appId]?.name ?? appId).join(', ')
  return `<h2>WhatsApp Business account ${escapeHtml(waba.name)} (${wabaId})</h2><table>
${row('Review', waba.accountReviewStatus, review)}
${row('Payment method', waba.hasPaymentMethod ? 'present' : 'missing', payment)}
${row('Ban', waba.isBanned === true ? 'disabled' : '', bans)}
${row('Restriction', (waba.restrictions ?? []).map(({ type }) => type).join(', '), restrictions)}
${row('Violation', '', [button({ do: 'violation', wabaId, type: 'SPAM' }, 'SPAM')])}
${row('Apps', apps, [button({ do: 'removeApp', wabaId }, 'take away from all apps')])}
</table>${numbers.map(numberPart).join('')}`
}

function numberPart(number: NumberRecord): string {
  const { id: phoneNumberId } = number
  const names = (['APPROVED', 'REJECTED', 'PENDING', 'DEFERRED'] as const).map((decision) =>
    button({ do: 'name', phoneNumberId, decision }, decision),
  )
  const ratings = (['GREEN', 'YELLOW', 'RED'] as const).map((rating) =>
    button({ do: 'quality', phoneNumberId, rating }, rating, rating === number.qualityRating),
  )
  const statuses = (['CONNECTED', 'DISCONNECTED', 'FLAGGED', 'RESTRICTED', 'BANNED'] as const).map((status) =>
    button({ do: 'numberStatus', phoneNumberId, status }, status, status === number.status),
  )
  const twoStep = [
    button({ do: 'twoStep', phoneNumberId, pin: null }, 'off', number.pin === undefined),
    button({ do: 'twoStep', phoneNumberId, pin: '112233' }, 'on (112233)'),
  ]
  const offboard = [button({ do: 'offboard', phoneNumberId, reason: 'ACCOUNT_DISCONNECTED' }, 'leave the Cloud API')]
  const asked = number.newDisplayName === undefined ? '' : `, asked for “${number.newDisplayName}”`
  return `<h2>Number ${escapeHtml(number.displayPhoneNumber)} (${phoneNumberId})</h2><table>
${row('Display name', `${number.verifiedName}: ${number.nameStatus}${asked}`, names)}
${row('Quality', number.qualityRating, ratings)}
${row('Status', `${number.status}, ${number.codeVerificationStatus}`, statuses)}
${row('About', asText(number.profile['about']), [aboutField(phoneNumberId)])}
${row('Two-step verification', number.pin === undefined ? 'off' : 'on', twoStep)}
${number.isOnBizApp === true ? row('Business app', 'used in both', offboard) : ''}
</table>`
}

/** The one thing here that is written: the button sends what stands in its field. */
function aboutField(phoneNumberId: string): string {
  const decision = escapeHtml(JSON.stringify({ do: 'about', phoneNumberId }))
  return `<input type="text" name="about-${phoneNumberId}" maxlength="139" aria-label="About" data-testid="office-about-${phoneNumberId}">
<button class="quiet" name="decision" value="${decision}" data-testid="office-about-${phoneNumberId}-save">write</button>`
}

function linesCard(lines: LineRecord[]): string {
  if (lines.length === 0) return ''
  const rows = lines.map(({ digits, use, name }) =>
    row(`+${digits}`, `${name}, ${use === 'messenger' ? 'WhatsApp Messenger' : 'WhatsApp Business app'}`, [
      button({ do: 'freeLine', digits }, 'delete the account in the app'),
    ]),
  )
  return `<main><h1>Numbers in use elsewhere</h1><table>${rows.join('')}</table></main>`
}

function row(label: string, now: string, buttons: string[]): string {
  return `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(now)}</td><td>${buttons.join(' ')}</td></tr>`
}

/** The decision itself is the button's value; the test id names what is decided about whom. */
function button(decision: Decision, label: string, isNow = false): string {
  const { do: what, ...rest } = decision
  const values: unknown[] = Object.values(rest)
  const testId = `office-${what}-${String(values[0])}-${label.replace(/\W+/g, '-')}`
  return `<button class="quiet small" name="decision" value="${escapeHtml(JSON.stringify(decision))}" data-testid="${escapeHtml(testId)}"${
    isNow ? ' aria-pressed="true"' : ''
  }>${escapeHtml(label)}</button>`
}
