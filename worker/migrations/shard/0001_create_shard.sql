-- Everything an organisation owns. Times are epoch milliseconds. JSON columns pass a zod schema when read.
CREATE TABLE organisations (
  id TEXT NOT NULL PRIMARY KEY,
  portal_id TEXT NOT NULL,
  data_centre TEXT NOT NULL,
  epoch INTEGER NOT NULL
) WITHOUT ROWID;

-- Tokens are sealed (AES-GCM with key id). status: connected, revoked.
CREATE TABLE desk_connections (
  org_id TEXT NOT NULL PRIMARY KEY,
  refresh_token TEXT NOT NULL,
  access_token TEXT,
  access_expires_at INTEGER NOT NULL DEFAULT 0,
  concurrency INTEGER NOT NULL DEFAULT 5,
  status TEXT NOT NULL DEFAULT 'connected',
  status_reason TEXT,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE numbers (
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  waba_id TEXT NOT NULL,
  portfolio_id TEXT NOT NULL,
  display_phone_number TEXT NOT NULL,
  verified_name TEXT,
  token TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'connected',
  status_reason TEXT,
  connected_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, phone_number_id)
) WITHOUT ROWID;

CREATE TABLE channels (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  name TEXT NOT NULL,
  department_id TEXT NOT NULL,
  reopen_days REAL NOT NULL DEFAULT 3,
  burst_seconds REAL NOT NULL DEFAULT 10,
  public_comments INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  UNIQUE (org_id, phone_number_id)
) WITHOUT ROWID;

-- Desk's agents as last seen: fresh for 1 h, usable for 24 h while Desk fails.
CREATE TABLE agents (
  org_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  departments TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  checked_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, agent_id)
) WITHOUT ROWID;

-- desk_contact_id is set once; desk_claim_* is the lease of the one conversation that may create it.
CREATE TABLE contacts (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_source TEXT NOT NULL,
  phone TEXT,
  user_id TEXT,
  portfolio_id TEXT,
  username TEXT,
  desk_contact_id TEXT,
  desk_claim_by TEXT,
  desk_claim_until INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- kind: parent_user_id, user_id, phone. portfolio_id is '' for phones. value of a phone is its canonical key.
CREATE TABLE contact_aliases (
  org_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  portfolio_id TEXT NOT NULL,
  value TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (org_id, kind, portfolio_id, value)
) WITHOUT ROWID;

-- What the list search looks in: name, user name, user id, forms of the phone number.
CREATE VIRTUAL TABLE contact_search USING fts5 (org_id UNINDEXED, contact_id UNINDEXED, body, tokenize = 'trigram');

-- desk_cursor: messages up to this seq are in the ticket, except those listed in desk_holes (JSON array of seq).
CREATE TABLE conversations (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  department_id TEXT NOT NULL,
  change INTEGER NOT NULL DEFAULT 0,
  last_message_at INTEGER NOT NULL,
  last_inbound_at INTEGER,
  last_summary TEXT NOT NULL,
  ticket_id TEXT,
  ticket_number TEXT,
  desk_cursor INTEGER NOT NULL DEFAULT 0,
  desk_holes TEXT NOT NULL DEFAULT '[]',
  desk_state TEXT NOT NULL DEFAULT 'done',
  desk_reason TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (org_id, phone_number_id, contact_id)
) WITHOUT ROWID;
CREATE INDEX conversations_by_recency ON conversations (org_id, last_message_at);

-- seq is the order of arrival in the shard. Shown by (sent_at, position, seq). Hidden rows (a reaction, edit or revoke whose
-- target is here) are facts about another message and never a bubble of their own.
CREATE TABLE messages (
  seq INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  wamid TEXT,
  direction TEXT NOT NULL,
  kind TEXT NOT NULL,
  is_hidden INTEGER NOT NULL DEFAULT 0,
  content TEXT NOT NULL,
  extras TEXT,
  summary TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  received_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  marks TEXT,
  pricing TEXT,
  failure TEXT,
  quote_wamid TEXT,
  reactions TEXT,
  versions TEXT,
  is_revoked INTEGER NOT NULL DEFAULT 0,
  client_id TEXT,
  agent_id TEXT,
  agent_name TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  attempt_at INTEGER,
  next_attempt_at INTEGER,
  change INTEGER NOT NULL
);
CREATE UNIQUE INDEX messages_by_wamid ON messages (org_id, wamid) WHERE wamid IS NOT NULL;
CREATE UNIQUE INDEX messages_by_client_id ON messages (conversation_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX messages_in_thread ON messages (conversation_id, sent_at, position, seq);
CREATE INDEX messages_by_change ON messages (conversation_id, change);
CREATE INDEX messages_to_send ON messages (conversation_id, seq) WHERE status IN ('queued', 'sending');

-- Conversations that somebody must act on. version rises with each reason to act, so that finishing removes only what was seen.
CREATE TABLE pending_work (
  conversation_id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL,
  since INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

-- state: pending, stored, failed.
CREATE TABLE media (
  message_seq INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  meta_media_id TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending',
  mime_type TEXT,
  file_name TEXT,
  size INTEGER,
  sha256 TEXT,
  r2_key TEXT,
  reason TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL
);
CREATE INDEX media_pending ON media (next_attempt_at) WHERE state = 'pending';

-- Statuses that found no message yet wait 8 days.
CREATE TABLE waiting_statuses (
  id INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  wamid TEXT NOT NULL,
  status TEXT NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX waiting_statuses_once ON waiting_statuses (org_id, wamid, status);

-- stored includes the statuses that still wait; reading subtracts them (see numbers.repo.ts).
CREATE TABLE counters (
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  received INTEGER NOT NULL DEFAULT 0,
  stored INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  ignored INTEGER NOT NULL DEFAULT 0,
  dead INTEGER NOT NULL DEFAULT 0,
  high_water INTEGER NOT NULL DEFAULT 0,
  last_event_at INTEGER,
  PRIMARY KEY (org_id, phone_number_id)
) WITHOUT ROWID;

CREATE TABLE dead_letters (
  id INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  reason TEXT NOT NULL,
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 1,
  UNIQUE (org_id, phone_number_id, part, unit)
);

-- Account, template and other events that are no message: kept as their kind.
CREATE TABLE account_events (
  id INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  lane TEXT NOT NULL,
  part INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  waba_id TEXT,
  field TEXT NOT NULL,
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  UNIQUE (org_id, lane, part, unit)
);

-- Many tickets of one conversation over time; from_seq is where each began.
CREATE TABLE tickets (
  org_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  ticket_number TEXT NOT NULL,
  department_id TEXT NOT NULL,
  from_seq INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, ticket_id)
) WITHOUT ROWID;

-- The decision about each ticket and its reason, shown in the thread.
CREATE TABLE ticket_decisions (
  id INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  ticket_number TEXT NOT NULL,
  change INTEGER NOT NULL
);
CREATE INDEX ticket_decisions_in_thread ON ticket_decisions (conversation_id, at);
