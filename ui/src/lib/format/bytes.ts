/** Sizes of files in the user's own locale. */

import { ownLocale } from './locale'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** "18.9 MB"; a number of bytes without a unit before it in full: "59 bytes". */
export function bytes(size: number, locale = ownLocale()): string {
  const power = size < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(size) / 3))
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(size / 1000 ** power)
}
