/** When a license ends, in words and as a date. */
import type { ExpiryView } from '../ipc/generated'
import { m } from '../messages'
import { dayInWords, longDate, shortDate, systemClock, type Clock } from './dates'

export interface ExpiryText {
  /** "in 12 days", "Never expires", "Unknown". */
  words: string
  /** "2 Dec", where there is a date. */
  date: string | null
  /** All of it, for a tooltip and for reading aloud. */
  full: string
}

export function expiryText(expiry: ExpiryView | null, clock: Clock = systemClock): ExpiryText {
  if (expiry === null) return { words: m.list.unknownExpiry, date: null, full: m.detail.noExpiry }
  if (expiry.kind === 'never') return { words: m.list.neverExpires, date: null, full: m.detail.never }
  if (expiry.kind === 'unreadable')
    return { words: m.list.unreadableExpiry, date: null, full: m.detail.unreadableExpiry(expiry.text) }
  const words = dayInWords(expiry.at, clock)
  return { words, date: shortDate(expiry.at, clock), full: `${words} · ${longDate(expiry.at, clock)}` }
}
