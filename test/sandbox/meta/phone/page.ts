/** The shell of the phone page; everything in it is filled by the page's own scripts, as text. */
export function phonePage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Phone (Sandbox)</title>
<link rel="stylesheet" href="/phone/style.css">
<script type="module" src="/phone/client/main.ts"></script>
</head>
<body>
<div class="phone" data-testid="phone">
  <header class="bar">
    <div class="row">
      <h1 class="badge">Sandbox<span class="visually-hidden">: the customer's phone</span></h1>
      <label class="grow"><span class="visually-hidden">Customer</span>
        <select id="customer" data-testid="phone-customer"></select></label>
      <button type="button" id="add-customer" data-testid="phone-add-customer" aria-label="Add a customer" title="Add a customer">+</button>
    </div>
    <div class="row">
      <label class="grow"><span class="visually-hidden">Business</span>
        <select id="number" data-testid="phone-number"></select></label>
    </div>
    <div id="codes" class="codes" data-testid="phone-codes" role="status"></div>
    <div class="row">
      <p class="typing grow" id="typing" data-testid="phone-typing" role="status"></p>
      <label class="switch"><input type="checkbox" id="receipts" data-testid="phone-read-receipts"> Read receipts</label>
      <label class="switch"><input type="checkbox" id="online" data-testid="phone-online"> Online</label>
    </div>
  </header>
  <main id="thread" class="thread" data-testid="phone-thread" tabindex="0" aria-label="Messages"></main>
  <footer class="composer">
    <div id="strip" class="strip" data-testid="phone-strip" hidden></div>
    <div id="attach-menu" class="attach-menu" data-testid="phone-attach-menu" role="menu" hidden></div>
    <form id="form" class="row">
      <button type="button" id="attach" data-testid="phone-attach" aria-haspopup="menu" aria-expanded="false" aria-label="Attach">+</button>
      <textarea id="text" data-testid="phone-composer" rows="1" aria-label="Write a message" placeholder="Message"></textarea>
      <button type="submit" id="send" data-testid="phone-send" aria-label="Send">➤</button>
    </form>
    <p id="problem" class="problem" data-testid="phone-problem" role="alert"></p>
  </footer>
  <dialog id="new-customer" data-testid="phone-new-customer" aria-labelledby="new-customer-title">
    <form method="dialog" id="new-customer-form">
      <h2 id="new-customer-title">Another customer</h2>
      <label>Name <input name="name" required data-testid="phone-new-name"></label>
      <label>Phone number <input name="phone" type="tel" placeholder="+44 7700 900123" data-testid="phone-new-phone"></label>
      <label>Username <input name="username" placeholder="shown instead of the number" data-testid="phone-new-username"></label>
      <p class="hint">Leave the number empty for somebody the business only knows by user id.</p>
      <div class="row end">
        <button type="button" id="new-customer-cancel">Cancel</button>
        <button type="submit" data-testid="phone-new-save">Add</button>
      </div>
    </form>
  </dialog>
  <dialog id="actions" class="actions" data-testid="phone-actions" aria-label="Message"></dialog>
  <input type="file" id="file" data-testid="phone-file" hidden>
</div>
</body>
</html>`
}
