-- work_since: since when somebody must act on the conversation, NULL where nobody must. work_version rises with each reason to act and
-- never falls, so that finishing ends only what was seen.
ALTER TABLE conversations ADD COLUMN work_since INTEGER;
ALTER TABLE conversations ADD COLUMN work_version INTEGER NOT NULL DEFAULT 0;
UPDATE conversations SET (work_since, work_version) = (
  SELECT since, version FROM pending_work WHERE conversation_id = conversations.id)
WHERE id IN (SELECT conversation_id FROM pending_work);
DROP TABLE pending_work;
CREATE INDEX conversations_with_work ON conversations (work_since, org_id) WHERE work_since IS NOT NULL;

-- Conversations that somebody must act on, as they are looked for. Always by that index: few have work, whoever's they are.
CREATE VIEW pending_work (conversation_id, org_id, since, version) AS
  SELECT id, org_id, work_since, work_version FROM conversations INDEXED BY conversations_with_work WHERE work_since IS NOT NULL;
