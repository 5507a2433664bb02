-- Setting up: what an organisation, its accounts, numbers and channels are on the way to a working channel, and what may be sent.
ALTER TABLE organisations ADD COLUMN trial_started_at INTEGER;
-- The first number its account verified: the one in trial.
ALTER TABLE organisations ADD COLUMN trial_number TEXT;
-- The one number of the larger trial; an administrator picks it once.
ALTER TABLE organisations ADD COLUMN designated_number TEXT;
-- Told of problems before agents find out.
ALTER TABLE organisations ADD COLUMN alert_url TEXT;

-- status: connected, revoked, disconnected. departments is a JSON array of {id, name} as of departments_at.
ALTER TABLE desk_connections ADD COLUMN portal_name TEXT;
ALTER TABLE desk_connections ADD COLUMN edition TEXT;
ALTER TABLE desk_connections ADD COLUMN connected_by TEXT;
ALTER TABLE desk_connections ADD COLUMN departments TEXT NOT NULL DEFAULT '[]';
ALTER TABLE desk_connections ADD COLUMN departments_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE desk_connections ADD COLUMN key_placed_at INTEGER;
ALTER TABLE desk_connections ADD COLUMN key_used_at INTEGER;

-- A WhatsApp Business account. token is sealed. how: embedded, hosted, own_app, operator. Meta's words are kept in lower case.
-- payment: present, missing, unknown. restriction is Meta's own JSON.
CREATE TABLE accounts (
  org_id TEXT NOT NULL,
  waba_id TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  business_id TEXT NOT NULL,
  business_name TEXT,
  how TEXT NOT NULL,
  app_path TEXT NOT NULL DEFAULT '',
  token TEXT NOT NULL,
  token_expires_at INTEGER,
  token_scopes TEXT NOT NULL DEFAULT '[]',
  token_issued_at INTEGER NOT NULL,
  business_verification TEXT,
  was_verified INTEGER NOT NULL DEFAULT 0,
  verified_at INTEGER,
  review_status TEXT,
  review_pending_since INTEGER,
  review_submitted_at INTEGER,
  rejected_at INTEGER,
  restriction TEXT,
  restricted_until INTEGER,
  is_banned INTEGER NOT NULL DEFAULT 0,
  payment TEXT NOT NULL DEFAULT 'unknown',
  messaging_limit TEXT,
  subscription TEXT,
  profile_draft TEXT,
  failure TEXT,
  connected_at INTEGER NOT NULL,
  checked_at INTEGER,
  PRIMARY KEY (org_id, waba_id)
) WITHOUT ROWID;

-- What Meta says of a number, in Meta's words. pin is sealed. failure is a SetupFailure, health Meta's health_status.
ALTER TABLE numbers ADD COLUMN name_status TEXT;
ALTER TABLE numbers ADD COLUMN new_name TEXT;
ALTER TABLE numbers ADD COLUMN new_name_status TEXT;
ALTER TABLE numbers ADD COLUMN quality TEXT;
ALTER TABLE numbers ADD COLUMN messaging_limit TEXT;
ALTER TABLE numbers ADD COLUMN code_status TEXT;
ALTER TABLE numbers ADD COLUMN platform_status TEXT;
ALTER TABLE numbers ADD COLUMN is_coexistent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE numbers ADD COLUMN pin TEXT;
ALTER TABLE numbers ADD COLUMN verified_at INTEGER;
ALTER TABLE numbers ADD COLUMN registered_at INTEGER;
ALTER TABLE numbers ADD COLUMN profile_applied_at INTEGER;
ALTER TABLE numbers ADD COLUMN code_method TEXT;
ALTER TABLE numbers ADD COLUMN code_sent_at INTEGER;
ALTER TABLE numbers ADD COLUMN failure TEXT;
ALTER TABLE numbers ADD COLUMN health TEXT;
ALTER TABLE numbers ADD COLUMN webhook_actual TEXT;
ALTER TABLE numbers ADD COLUMN checked_at INTEGER;
-- seen_event_at: counters.last_event_at as of the last look.
ALTER TABLE numbers ADD COLUMN seen_event_at INTEGER;
CREATE INDEX numbers_by_check ON numbers (checked_at);
CREATE INDEX numbers_by_account ON numbers (org_id, waba_id);

-- ticket_rule: automatic, by_hand, after (ticket_after_minutes). A removed channel stays for its conversations and counts no more.
ALTER TABLE channels ADD COLUMN ticket_rule TEXT NOT NULL DEFAULT 'automatic';
ALTER TABLE channels ADD COLUMN ticket_after_minutes INTEGER NOT NULL DEFAULT 15;
ALTER TABLE channels ADD COLUMN icon_key TEXT;
ALTER TABLE channels ADD COLUMN icon_type TEXT;
ALTER TABLE channels ADD COLUMN off_at INTEGER;
ALTER TABLE channels ADD COLUMN removed_at INTEGER;

-- waiting_since: since when the customer waits for an answer (the oldest unanswered message, by Meta's time). held_since: since when
-- messages lie here that came while the channel was off. ticket_order: what an agent ordered by hand (JSON).
ALTER TABLE conversations ADD COLUMN waiting_since INTEGER;
ALTER TABLE conversations ADD COLUMN held_since INTEGER;
ALTER TABLE conversations ADD COLUMN ticket_order TEXT;
CREATE INDEX conversations_held ON conversations (org_id, phone_number_id) WHERE held_since IS NOT NULL;

-- Places of the trials, by contact. Counted by the triggers, so that taking one is a single statement.
CREATE TABLE places (
  org_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, pool, contact_id)
) WITHOUT ROWID;
CREATE TABLE place_counts (
  org_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, pool)
) WITHOUT ROWID;
CREATE TRIGGER place_taken AFTER INSERT ON places BEGIN
  INSERT INTO place_counts (org_id, pool, used) VALUES (NEW.org_id, NEW.pool, 1)
    ON CONFLICT (org_id, pool) DO UPDATE SET used = used + 1;
END;
CREATE TRIGGER place_returned AFTER DELETE ON places BEGIN
  UPDATE place_counts SET used = used - 1 WHERE org_id = OLD.org_id AND pool = OLD.pool;
END;

CREATE TABLE audit_entries (
  id INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT,
  details TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_entries_by_org ON audit_entries (org_id, id);

-- Tries of step one. state: open, working, done, cancelled, failed.
CREATE TABLE facebook_attempts (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL,
  state TEXT NOT NULL,
  is_coexistence INTEGER NOT NULL DEFAULT 0,
  left_at TEXT,
  failure TEXT,
  waba_id TEXT,
  phone_number_id TEXT,
  started_by TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What is wrong now; told_at: when the organisation's alert address heard of it.
CREATE TABLE problems (
  org_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL,
  since INTEGER NOT NULL,
  facts TEXT NOT NULL DEFAULT '{}',
  told_at INTEGER,
  PRIMARY KEY (org_id, subject, kind)
) WITHOUT ROWID;

CREATE TABLE whole_way_tests (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  code TEXT NOT NULL,
  state TEXT NOT NULL,
  conversation_id TEXT,
  message_seq INTEGER,
  answer_seq INTEGER,
  legs TEXT NOT NULL,
  started_by TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX whole_way_tests_open ON whole_way_tests (org_id, phone_number_id) WHERE state IN ('waiting', 'running');

-- How long a number was silent before something came, for the alarm of silence: the longest gap that ended in each hour.
CREATE TABLE arrival_gaps (
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  hour INTEGER NOT NULL,
  longest_ms INTEGER NOT NULL,
  arrivals INTEGER NOT NULL,
  PRIMARY KEY (org_id, phone_number_id, hour)
) WITHOUT ROWID;

-- History of a number that stays in the Business app: readable, never a ticket.
CREATE TABLE archived_messages (
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  wamid TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  direction TEXT NOT NULL,
  content TEXT NOT NULL,
  summary TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  status TEXT,
  PRIMARY KEY (org_id, wamid)
) WITHOUT ROWID;
CREATE INDEX archived_messages_by_contact ON archived_messages (org_id, contact_id, sent_at);
