-- Who wrote with a number in the Business app, and whom its address book names. The last message and the count are those of
-- archived_messages; `name` is NULL where nobody is named or the name was taken out of the address book, `named_at` when that was said.
CREATE TABLE archived_people (
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  phone TEXT NOT NULL,
  name TEXT,
  name_search TEXT,
  named_at INTEGER,
  last_wamid TEXT,
  last_at INTEGER NOT NULL DEFAULT 0,
  messages INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, phone_number_id, contact_id)
) WITHOUT ROWID;
CREATE INDEX archived_people_by_last ON archived_people (org_id, phone_number_id, last_at, contact_id);

-- How far the history of a number has come, as its webhooks tell: `progress` in percent, `declined` why the person at the phone keeps it.
CREATE TABLE archives (
  org_id TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  asked_at INTEGER,
  heard_at INTEGER,
  progress INTEGER,
  declined TEXT,
  PRIMARY KEY (org_id, phone_number_id)
) WITHOUT ROWID;

-- When the message was changed by whoever wrote it; NULL: never.
ALTER TABLE archived_messages ADD COLUMN edited_at INTEGER;

INSERT INTO archived_people (org_id, phone_number_id, contact_id, phone, last_wamid, last_at, messages)
  SELECT org_id, phone_number_id, contact_id, contact_id, wamid, MAX(sent_at), COUNT(*) FROM archived_messages
  GROUP BY org_id, phone_number_id, contact_id;
INSERT INTO archives (org_id, phone_number_id, progress)
  SELECT DISTINCT org_id, phone_number_id, 100 FROM archived_messages;
