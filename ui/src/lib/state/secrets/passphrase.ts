/** A word on how hard a passphrase is to guess. */

export const LEAST_CHARS = 8

export type Strength = 'weak' | 'fair' | 'strong'

/** By how many different characters and words it has: length counts, repetition does not. */
export function strengthOf(passphrase: string): Strength {
  const letters = [...passphrase]
  const words = new Set(
    passphrase
      .toLowerCase()
      .split(/[\s\-_.,]+/)
      .filter(({ length }) => length > 2),
  )
  const variety = Math.min(letters.length, new Set(letters).size * 1.6)
  if (variety >= 16 && (words.size >= 3 || letters.length >= 18)) return 'strong'
  return variety >= 11 ? 'fair' : 'weak'
}

export function missingChars(passphrase: string): number {
  return Math.max(0, LEAST_CHARS - [...passphrase].length)
}
