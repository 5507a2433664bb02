-- claim_turns: {"<organisation>:<day>": claims it began that day}. claim_wanted_until: somebody else asked while the claim was under
-- way; until then whoever held it stands back.
ALTER TABLE unclaimed_accounts ADD COLUMN claim_turns TEXT NOT NULL DEFAULT '{}';
ALTER TABLE unclaimed_accounts ADD COLUMN claim_wanted_until INTEGER NOT NULL DEFAULT 0;
