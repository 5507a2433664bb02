/** Of a conversation `v` and its channel `h`. */
const GATE_COLUMNS = `CASE WHEN h.removed_at IS NOT NULL THEN 'removed' WHEN h.off_at IS NOT NULL THEN 'off' ELSE 'on' END
  AS channel_state, h.ticket_rule, h.ticket_after_minutes, v.waiting_since, v.ticket_order`

/** Joined to a conversation `v`. */
export const CHANNEL = 'LEFT JOIN channels h ON h.org_id = v.org_id AND h.phone_number_id = v.phone_number_id'
export const PLACE_COLUMNS = `v.id, v.change, v.department_id, v.ticket_id, v.desk_cursor, v.desk_holes, v.desk_change, v.desk_state,
  CASE WHEN v.work_since IS NOT NULL THEN v.work_version END AS work_version, ${GATE_COLUMNS}`

/** Quoted message and file are looked for only where there is one: a search that finds nothing is a row read too. */
export const MESSAGE_COLUMNS = `m.seq, m.direction, m.kind, m.is_hidden, m.content, m.extras, m.summary, m.sent_at, m.position,
  m.received_at, m.status, m.failure, m.is_revoked, m.agent_name,
  CASE WHEN m.quote_wamid IS NOT NULL
    THEN (SELECT q.summary FROM messages q WHERE q.org_id = m.org_id AND q.wamid = m.quote_wamid) END AS quoted_summary,
  CASE WHEN json_extract(m.content, '$.media') IS NOT NULL
    THEN (SELECT json_object('state', d.state, 'r2Key', d.r2_key, 'type', d.mime_type, 'name', d.file_name)
      FROM media d WHERE d.message_seq = m.seq AND d.org_id = m.org_id) END AS media`
