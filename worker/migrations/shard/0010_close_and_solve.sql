-- closing_at: when somebody's look took the closing of the test's ticket; only who takes it first remarks in the ticket.
ALTER TABLE whole_way_tests ADD COLUMN closing_at INTEGER;

-- Problems that the organisation's alert address heard of and that are over; a row goes once it is told.
CREATE TABLE solved_problems (
  org_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  since INTEGER NOT NULL,
  solved_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, subject, kind)
) WITHOUT ROWID;
