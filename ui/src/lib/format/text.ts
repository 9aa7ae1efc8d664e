/** How typed names are compared and checked: the same rules as behind the window. */

export const MAX_NAME_CHARS = 200

/**
 * Whether two names are the same to a user: in NFC, a line break is the space that a field makes of it, and three
 * dots and straight quotes, which keyboards have, are the ellipsis and the curly quotes, which they mostly lack.
 */
export function sameText(one: string, other: string): boolean {
  return asTyped(one) === asTyped(other)
}

const asTyped = (text: string) =>
  text
    .trim()
    .replace(/\s+/g, ' ')
    .normalize('NFC')
    .replaceAll('\u2026', '...')
    .replaceAll(/[\u2018-\u201b]/g, "'")
    .replaceAll(/[\u201c-\u201f]/g, '"')

export type NameProblem = { kind: 'empty' } | { kind: 'too-long'; chars: number } | { kind: 'control' }

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const LINE_BREAKING = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u

export function nameProblem(text: string): NameProblem | null {
  const name = text.trim().normalize('NFC')
  if (name === '') return { kind: 'empty' }
  if (LINE_BREAKING.test(name)) return { kind: 'control' }
  const chars = [...name].length
  return chars > MAX_NAME_CHARS ? { kind: 'too-long', chars } : null
}

/** The last part of a path. After a slash at its beginning, a backslash is a part of a name, or of an escape in it. */
export function fileName(path: string): string {
  const separator = path.startsWith('/') ? '/' : /[/\\]/
  return path.split(separator).findLast((part) => part !== '') ?? path
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.length - fileName(path).length - 1)) || '/'
}
