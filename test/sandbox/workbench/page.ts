/** The workbench: Desk on the left, the customer's phone on the right; one above the other where the window is narrow. */
export function workbenchPage(deskUrl: string, phoneUrl: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kaiwa workbench (Sandbox)</title>
<style>
  :root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; --bg: #eef0f3; --text: #1c2733; --line: #c9ced6; }
  @media (prefers-color-scheme: dark) { :root { --bg: #171c24; --text: #e6e9ee; --line: #3a4350; } }
  * { box-sizing: border-box; }
  body { margin: 0; height: 100dvh; display: grid; grid-template-rows: auto 1fr; background: var(--bg); color: var(--text); }
  header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 8px 16px; border-block-end: 1px solid var(--line); }
  header strong { font-weight: 600; }
  header p { margin: 0; }
  main { display: grid; grid-template-columns: minmax(0, 1fr) 380px; min-height: 0; }
  iframe { inline-size: 100%; block-size: 100%; border: 0; background: Canvas; }
  main > :last-child { border-inline-start: 1px solid var(--line); }
  @media (max-width: 900px) {
    main { grid-template-columns: 1fr; grid-template-rows: minmax(0, 3fr) minmax(0, 2fr); }
    main > :last-child { border-inline-start: 0; border-block-start: 1px solid var(--line); }
  }
</style>
</head>
<body>
<header><strong>Sandbox</strong><p>Write as the customer on the right; answer as the agent on the left.</p></header>
<main>
  <iframe title="Zoho Desk (sandbox)" src="${deskUrl}" data-testid="desk-frame"></iframe>
  <iframe title="The customer's phone (sandbox)" src="${phoneUrl}" data-testid="phone-frame"></iframe>
</main>
</body>
</html>`
}
