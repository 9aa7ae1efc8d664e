/** What completes the word that is typed in the search field: the names of filters, and their values. */

/** The filters that are offered; the program reads a few more. */
export const FILTERS = [
  'type',
  'hosting',
  'vendor',
  'product',
  'status',
  'account',
  'entitlement',
  'expires',
  'expires-after',
  'expires-before',
] as const
export type Filter = (typeof FILTERS)[number]

/** Filters that part of a value is enough for. */
const PARTIAL: readonly string[] = ['account', 'entitlement', 'product']
const NOT = 'not:'
const MOST = 10

/** A value of a filter, and what it means where that is not the same. */
export interface FilterValue {
  value: string
  title: string | null
}

export interface Suggestion {
  /** What it puts in place of the word. */
  word: string
  title: string | null
}

export interface Completion {
  /** Where the word begins and ends. */
  from: number
  to: number
  suggestions: Suggestion[]
  /** Whether the word cannot be read before it is completed. */
  unfinished: boolean
}

/** What completes the word at the caret. */
export function complete(
  text: string,
  caret: number,
  filters: readonly Filter[],
  valuesOf: (filter: Filter) => readonly FilterValue[],
): Completion {
  const [from, to] = wordAt(text, caret)
  const typed = text.slice(from, to)
  const not = typed.startsWith(NOT) ? NOT : ''
  const word = typed.slice(not.length)
  const [name = '', ...rest] = word.split(':')
  const filter = filters.find((one) => one === name)
  if (rest.length === 0 || filter === undefined) {
    const fits = rest.length === 0 && (word !== '' || not !== '')
    const names = fits ? filters.filter((one) => one.startsWith(word.toLowerCase())) : []
    const suggestions = names.map((one) => ({ word: `${not}${one}:`, title: null }))
    return { from, to, suggestions, unfinished: not !== '' && word === '' }
  }
  const part = rest.join(':').replaceAll('"', '').toLowerCase()
  const values = valuesOf(filter)
  const known = values.some(({ value }) => value.toLowerCase() === part)
  const fitting = values.filter(
    ({ value, title }) => beginsIn(value.toLowerCase(), part) || beginsIn((title ?? '').toLowerCase(), part),
  )
  const suggestions = known
    ? []
    : fitting.slice(0, MOST).map(({ value, title }) => ({ word: `${not}${filter}:${quoted(value)}`, title }))
  const unfinished = part === '' || (suggestions.length > 0 && !PARTIAL.includes(filter))
  return { from, to, suggestions, unfinished }
}

/** The text with a suggestion in place of the word, and where the caret goes. A value ends its word. */
export function completed(
  text: string,
  { from, to }: Completion,
  word: string,
): [text: string, caret: number] {
  const isWhole = !word.endsWith(':')
  const end = isWhole ? ' ' : ''
  const after = isWhole ? text.slice(to).trimStart() : text.slice(to)
  return [`${text.slice(0, from)}${word}${end}${after}`, from + word.length + end.length]
}

/** Whether a text, or a word of it, begins like this. */
const beginsIn = (text: string, part: string) => ` ${text}`.includes(` ${part}`)

const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value)

/** The word at a place: white space parts words, but not within quotes. */
function wordAt(text: string, caret: number): [from: number, to: number] {
  let [from, isQuoted] = [0, false]
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter === '"') isQuoted = !isQuoted
    if (isQuoted || letter.trim() !== '') continue
    if (at >= caret) return [from, at]
    from = at + 1
  }
  return [from, text.length]
}
