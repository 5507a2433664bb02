import { AppError } from './errors.ts'

/** Counts one call under a key; false when that was one too many. */
export type TakePermit = (key: string) => Promise<boolean>

/** Seconds of the windows that wrangler.toml configures. */
export const SESSION_WINDOW_SECONDS = 60
export const API_WINDOW_SECONDS = 10

/** Permits of one of the Worker's rate-limit bindings. Counted near the caller, in windows: a guard against floods, not a quota. */
export function permitsOf(binding: RateLimit): TakePermit {
  return async (key) => (await binding.limit({ key })).success
}

/** Passes or refuses one call. */
export async function requirePermit(take: TakePermit, key: string, windowSeconds: number): Promise<void> {
  if (await take(key)) return
  throw new AppError({
    code: 'rate_limited',
    status: 429,
    message: 'Too many requests in a short time. Wait a moment.',
    headers: { 'Retry-After': String(windowSeconds) },
  })
}
