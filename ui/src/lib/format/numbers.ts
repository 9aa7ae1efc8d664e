/** Numbers in the person's own locale. */

import { ownLocale } from './locale'

const formatters = new Map<string, Intl.NumberFormat>()

export function count(value: number, locale = ownLocale()): string {
  const key = locale ?? ''
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale)
  formatters.set(key, known)
  return known.format(value)
}
