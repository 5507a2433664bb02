-- Sign-in windows of administrators, one row each. Only hashes of what opens something are kept; result is sealed. step: opened,
-- returned (from Zoho), confirmed. browser_sha256 is of the cookie of the browser that opened it; opener the origin that gets the code.
CREATE TABLE sign_ins (
  state_sha256 TEXT NOT NULL PRIMARY KEY,
  browser_sha256 TEXT NOT NULL,
  challenge TEXT NOT NULL,
  opener TEXT,
  portal_id TEXT NOT NULL,
  data_centre TEXT NOT NULL,
  purpose TEXT NOT NULL,
  locale TEXT NOT NULL,
  step TEXT NOT NULL DEFAULT 'opened',
  confirm_sha256 TEXT,
  code_sha256 TEXT,
  result TEXT,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_ins_by_confirm ON sign_ins (confirm_sha256) WHERE confirm_sha256 IS NOT NULL;
CREATE INDEX sign_ins_by_code ON sign_ins (code_sha256) WHERE code_sha256 IS NOT NULL;
CREATE INDEX sign_ins_by_end ON sign_ins (expires_at);

-- Installations of the extension that Desk told of. security_context (sealed) is what acts in an installation's name; it can come
-- before anybody connects that Desk.
CREATE TABLE desk_installations (
  portal_id TEXT NOT NULL PRIMARY KEY,
  security_context TEXT NOT NULL,
  told_at INTEGER NOT NULL
) WITHOUT ROWID;

-- One-time tickets that open a window of the Worker for an administrator, and the page secret the window then works with.
CREATE TABLE windows (
  ticket_sha256 TEXT NOT NULL PRIMARY KEY,
  page_sha256 TEXT,
  org_id TEXT NOT NULL REFERENCES organisations (id),
  attempt_id TEXT NOT NULL,
  opened_at INTEGER,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX windows_by_page ON windows (page_sha256) WHERE page_sha256 IS NOT NULL;

-- Accounts of hosted signup that nobody has claimed yet. claim_* is the one claim under way. token is sealed.
CREATE TABLE unclaimed_accounts (
  waba_id TEXT NOT NULL PRIMARY KEY,
  business_id TEXT NOT NULL,
  token TEXT,
  seen_at INTEGER NOT NULL,
  claim_org_id TEXT,
  claim_phone_number_id TEXT,
  claim_code TEXT,
  claim_sent_at INTEGER NOT NULL DEFAULT 0,
  claim_until INTEGER NOT NULL DEFAULT 0,
  claim_tries INTEGER NOT NULL DEFAULT 0,
  claimed_by TEXT
) WITHOUT ROWID;

-- A Meta app of an organisation's own keeps its path.
CREATE UNIQUE INDEX meta_apps_once ON meta_apps (org_id, app_id);
