-- The pool whose place a message of ours stands on: a place that no message stands on any more is free again.
ALTER TABLE messages ADD COLUMN place TEXT;
CREATE INDEX messages_on_places ON messages (conversation_id, place) WHERE place IS NOT NULL;
-- Templates by time: what Meta's own limit of people in 24 hours counts.
CREATE INDEX messages_templates_sent ON messages (org_id, sent_at) WHERE direction = 'out' AND kind = 'template';
