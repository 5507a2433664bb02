-- The archive of a number is read from the newest message on.
CREATE INDEX archived_messages_by_number ON archived_messages (org_id, phone_number_id, sent_at, wamid);
