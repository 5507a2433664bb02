import type { Words } from './words.ts'

export type Dates = {
  /** Clock time of an instant, in the reader's zone and language. */
  time(at: string): string
  /** "Today", "Yesterday", a weekday with its date, or the date with its year. */
  day(at: string, now: number): string
  /** Date and time in full, for titles and screen readers. */
  full(at: string): string
  /** Equal for two instants of one day in the reader's zone. */
  dayKey(at: string): string
  number(value: number): string
  /** An amount with its currency; currencies the browser does not know are written after the number. */
  amount(value: number, currency: string): string
  fileSize(bytes: number): string
}

const DAY_MS = 86_400_000

/** Formatters are made once: building one costs more than a screen of bubbles. */
export function createDates(words: Words, timeZone: string | undefined): Dates {
  const zone = timeZone === undefined ? {} : { timeZone }
  const { tag } = words
  const time = new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit', ...zone })
  const full = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', ...zone })
  const sameYear = new Intl.DateTimeFormat(tag, { weekday: 'short', day: 'numeric', month: 'long', ...zone })
  const otherYear = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', ...zone })
  // Canada's English writes dates as 2026-11-22, which compares as text.
  const key = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...zone })
  const number = new Intl.NumberFormat(tag)
  const dayKey = (at: string | number): string => key.format(new Date(at))

  return {
    time: (at) => time.format(new Date(at)),
    full: (at) => full.format(new Date(at)),
    dayKey,
    day(at, now) {
      const day = dayKey(at)
      if (day === dayKey(now)) return words.t('day.today')
      if (day === dayKey(now - DAY_MS)) return words.t('day.yesterday')
      const format = day.slice(0, 4) === dayKey(now).slice(0, 4) ? sameYear : otherYear
      return format.format(new Date(at))
    },
    number: (value) => number.format(value),
    amount(value, currency) {
      try {
        return new Intl.NumberFormat(tag, { style: 'currency', currency }).format(value)
      } catch {
        return `${number.format(value)} ${currency}`
      }
    },
    fileSize(bytes) {
      // Less than a kilobyte is a part of one: "byte" has no short form that is written in both languages.
      const [value, unit] = bytes < 1e6 ? [Math.max(0.1, bytes / 1000), 'kilobyte'] : [bytes / 1e6, 'megabyte']
      return new Intl.NumberFormat(tag, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: value < 10 ? 1 : 0,
      }).format(value)
    },
  }
}
