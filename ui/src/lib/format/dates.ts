/** Dates and spans in the user's own locale. */

import { ownLocale } from './locale'

const DAY = 86_400_000

/** How dates are written: which locale, and what "now" is. */
export interface Clock {
  now: () => Date
  locale: string | undefined
}

export const systemClock: Clock = { now: () => new Date(), locale: ownLocale() }

// Making a formatter costs a millisecond, and a list asks for one a row.
const formatter = keptByOptions(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)
const spans = keptByOptions(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
)

function keptByOptions<Options, Format>(
  make: (locale: string | undefined, options: Options) => Format,
): (locale: string | undefined, options: Options) => Format {
  const kept = new Map<string, Format>()
  return (locale, options) => {
    const key = `${locale ?? ''}|${JSON.stringify(options)}`
    const format = kept.get(key) ?? make(locale, options)
    kept.set(key, format)
    return format
  }
}

/** "2 Dec", with the year where it is not this one. */
export function shortDate(at: string, clock: Clock = systemClock): string {
  const date = new Date(at)
  const sameYear = date.getFullYear() === clock.now().getFullYear()
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }
  return formatter(clock.locale, sameYear ? options : { ...options, year: 'numeric' }).format(date)
}

/** "2 December 2026". */
export function longDate(at: string, clock: Clock = systemClock): string {
  return formatter(clock.locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at))
}

/** "December 2026", of a month such as `2026-12`. */
export function monthName(month: string, clock: Clock = systemClock): string {
  const [year, number] = month.split('-').map(Number)
  const first = new Date(year ?? 0, (number ?? 1) - 1, 1)
  return formatter(clock.locale, { month: 'long', year: 'numeric' }).format(first)
}

/** "2 Dec 2026, 10:42". */
export function dateTime(at: string, clock: Clock = systemClock): string {
  return formatter(clock.locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at))
}

/** "10:42" today, else the short date and time. */
export function moment(at: string, clock: Clock = systemClock): string {
  const date = new Date(at)
  const time = formatter(clock.locale, { hour: '2-digit', minute: '2-digit' }).format(date)
  return date.toDateString() === clock.now().toDateString() ? time : `${shortDate(at, clock)}, ${time}`
}

/** How far away an instant is by the user's calendar: "in 12 days", "tomorrow", "3 months ago". */
export function dayInWords(at: string, clock: Clock = systemClock): string {
  const words = spans(clock.locale, { numeric: 'auto' })
  const days = calendarDays(at, clock)
  if (Math.abs(days) < 60) return words.format(days, 'day')
  const months = calendarMonths(clock.now(), new Date(at))
  return Math.abs(months) < 24 ? words.format(months, 'month') : words.format(Math.round(months / 12), 'year')
}

/** "3 min ago" for what happened. */
export function ago(at: string, clock: Clock = systemClock): string {
  const seconds = Math.round((new Date(at).getTime() - clock.now().getTime()) / 1000)
  const words = spans(clock.locale, { numeric: 'auto', style: 'short' })
  const size = Math.abs(seconds)
  if (size < 45) return words.format(0, 'second')
  if (size < 3600) return words.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return words.format(Math.round(seconds / 3600), 'hour')
  if (size < 7 * 86_400) return words.format(Math.round(seconds / 86_400), 'day')
  return shortDate(at, clock)
}

/** How many months of the calendar lie between two days, to the nearest one. */
function calendarMonths(from: Date, to: Date): number {
  const months = (to.getFullYear() - from.getFullYear()) * 12 + to.getMonth() - from.getMonth()
  return Math.round(months + (to.getDate() - from.getDate()) / 30.44)
}

/** How many midnights of the user's calendar lie between now and an instant: what "tomorrow" speaks of. */
function calendarDays(at: string, clock: Clock = systemClock): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return (midnight(new Date(at)) - midnight(clock.now())) / DAY
}
