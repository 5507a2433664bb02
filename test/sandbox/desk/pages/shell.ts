/** The one HTML page of the Desk double; its modules draw the rest. */
export function shellPage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Zoho Desk (sandbox)</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/client/tokens.css">
<link rel="stylesheet" href="/client/base.css">
<link rel="stylesheet" href="/client/pages.css">
</head>
<body>
<div id="desk"></div>
<noscript>The sandbox's Desk needs JavaScript.</noscript>
<script type="module" src="/client/app.ts"></script>
</body>
</html>`
}
