-- Messages that changed up to here and are not in desk_holes are at or before desk_cursor: what is not in the ticket is found by the
-- index on change, however long the conversation is.
ALTER TABLE conversations ADD COLUMN desk_change INTEGER NOT NULL DEFAULT 0;
