-- A reaction, edit or deletion may come before the message it is about: those that wait for one are found by its wamid. Messages of
-- other kinds, and acts that have been applied, have no entry.
CREATE INDEX messages_waiting_acts ON messages (org_id, json_extract(content, '$.targetWamid'))
  WHERE is_hidden = 0 AND kind IN ('reaction', 'edit', 'revoke');
