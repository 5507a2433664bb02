/** Names that lead into a private network or nowhere (RFC 6761, RFC 6762, RFC 8375). */
const PRIVATE_ENDINGS = [
  '.local',
  '.localhost',
  '.internal',
  '.home.arpa',
  '.lan',
  '.intranet',
  '.corp',
  '.test',
  '.invalid',
]

/** Why an address must not be posted to; null where it may. Only names of the public network over HTTPS are taken. */
export function refusalOfAddress(address: string): 'not_https' | 'private' | 'credentials' | 'port' | null {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'https:') return 'not_https'
  if (url.username !== '' || url.password !== '') return 'credentials'
  if (url.port !== '') return 'port'
  const host = url.hostname.toLowerCase().replace(/\.+$/, '')
  // Addresses in numbers, of either kind, are nobody's alert service, and lead into private networks.
  const isNumber = host.startsWith('[') || /^[\d.]+$/.test(host)
  if (isNumber || !host.includes('.') || PRIVATE_ENDINGS.some((ending) => host.endsWith(ending))) return 'private'
  return null
}
