const channel = '/api/channels/ch_00000000000000800100'
const notFound = '404 channels.not_found'
const body = { phoneNumberId: '800100', name: 'Support line', departmentId: '100' }
const administrator = 'administrator' as const

const row = (path: string, good: string, foreign: string, sent?: object) => ({
  access: administrator,
  path,
  good,
  foreign,
  department: foreign,
  ...(sent !== undefined && { body: sent }),
})

/** The rows of what administrators do to channels. */
export const CHANNELS = {
  'GET /api/channels': { ...row('/api/channels', '200', '200 empty'), access: 'admin' as const },
  'POST /api/channels': row('/api/channels', '200', '404 channels.number_not_found', body),
  'PATCH /api/channels/:id': row(channel, '200', notFound, { name: 'Support line' }),
  'POST /api/channels/:id/off': row(`${channel}/off`, '200', notFound),
  'POST /api/channels/:id/on': row(`${channel}/on`, '200', notFound, {}),
  'PUT /api/channels/:id/icon': row(`${channel}/icon`, '422 channels.icon_type', notFound, {}),
  // One that is not there: the others need theirs.
  'DELETE /api/channels/:id': row('/api/channels/ch_zzzzzzzzzzzzzzzzzzzz', notFound, notFound),
}
