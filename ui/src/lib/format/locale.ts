/** The locale that dates and numbers are written in: the user's own. */

const POSIX = '-u-va-posix'

/** Undefined means the system's. Without a language set a system answers POSIX, which groups no digits. */
export function ownLocale(resolved = new Intl.NumberFormat().resolvedOptions().locale): string | undefined {
  return resolved.endsWith(POSIX) ? resolved.slice(0, -POSIX.length) : undefined
}
