/** Numbers in the user's own locale. */

import { ownLocale } from './locale'

const own = ownLocale()
const formatters = new Map<string, Intl.NumberFormat>()

export function count(value: number, locale = own): string {
  const key = locale ?? ''
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale)
  formatters.set(key, known)
  return known.format(value)
}
