type Fields = Record<string, string | number | boolean | null | undefined>

/** Structured lines of ids and figures. Never pass message text, phone numbers, tokens or secrets: keys that name them are refused. */
export type Logger = {
  info(event: string, fields?: Fields): void
  warn(event: string, fields?: Fields): void
  error(event: string, error: unknown, fields?: Fields): void
}

const REFUSED_KEYS = /text|body|phone$|token|secret|password|authorization|summary/i

export const logger: Logger = {
  info: (event, fields) => console.log(line('info', event, fields)),
  warn: (event, fields) => console.warn(line('warn', event, fields)),
  error: (event, error, fields) => console.error(line('error', event, { ...fields, ...describe(error) })),
}

function line(level: string, event: string, fields: Fields = {}): string {
  const safe = Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, REFUSED_KEYS.test(key) ? '(withheld)' : value]),
  )
  return JSON.stringify({ level, event, ...safe })
}

/** The error's own words with anything that looks like a number or a token cut out. */
function describe(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: 'not an Error' }
  const message = error.message.replace(/\+?\d{7,}/g, '(digits)').replace(/[A-Za-z0-9_.-]{24,}/g, '(token)')
  return { error: error.name, reason: message.slice(0, 300) }
}
