-- Who is where: read by the door's lanes and by session opening, never cached.
CREATE TABLE organisations (
  id TEXT NOT NULL PRIMARY KEY,
  portal_id TEXT NOT NULL,
  data_centre TEXT NOT NULL,
  region TEXT NOT NULL,
  shard INTEGER NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  UNIQUE (portal_id, data_centre)
) WITHOUT ROWID;

-- One number belongs to one organisation. app_path names the Meta app whose signature is accepted for it.
CREATE TABLE number_routes (
  phone_number_id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES organisations (id),
  waba_id TEXT NOT NULL,
  app_path TEXT NOT NULL DEFAULT '',
  connected_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE account_routes (
  waba_id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES organisations (id),
  app_path TEXT NOT NULL DEFAULT '',
  connected_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Only the SHA-256 of an install key is kept.
CREATE TABLE install_keys (
  key_sha256 TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES organisations (id),
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX install_keys_by_org ON install_keys (org_id);

-- Meta apps that customers bring: their own webhook path, secret and verify token (both sealed).
CREATE TABLE meta_apps (
  path TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES organisations (id),
  app_id TEXT NOT NULL,
  app_secret TEXT NOT NULL,
  verify_token TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Signed bodies that name neither a number nor an account, or are no JSON.
CREATE TABLE unrouted_letters (
  id INTEGER PRIMARY KEY,
  lane TEXT NOT NULL,
  part INTEGER NOT NULL,
  reason TEXT NOT NULL,
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  UNIQUE (lane, part)
);

-- Counters that belong to no number: refused signatures by reason, flushed once a minute.
CREATE TABLE door_counters (
  name TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
