/** A small reading of the list's query, close enough for looking and for tests. */
import type { FilterChip, ListQuery, ListWindow, RowView, SortColumn, ViewCounts } from '../generated'

const FIELDS = new Set(['type', 'hosting', 'status', 'account', 'entitlement', 'product', 'expires-in'])

export function answer(
  rows: readonly RowView[],
  query: ListQuery,
  offset: number,
  limit: number,
): ListWindow {
  const chosen = choose(rows, query)
  const { chips, unknown } = read(query.text)
  return {
    total: chosen.length,
    offset,
    rows: chosen.slice(offset, offset + limit),
    chips,
    problem: unknown
      ? { code: 'filter-bad-value', args: { word: unknown, possible: 'type' }, detail: null }
      : null,
  }
}

export function choose(rows: readonly RowView[], query: ListQuery): RowView[] {
  const { chips, words } = read(query.text)
  const chosen = rows.filter(
    (row) =>
      inView(row, query.view) &&
      (query.account === null || row.accountId === query.account) &&
      chips.every((chip) => fits(row, chip) !== chip.negated) &&
      words.every((word) => textOf(row).includes(word)),
  )
  const sign = query.descending ? -1 : 1
  return chosen.sort((one, other) => sign * compare(keyOf(one, query.sort), keyOf(other, query.sort)))
}

export function countsOf(rows: readonly RowView[]): ViewCounts {
  const of = (view: ListQuery['view']) => rows.filter((row) => inView(row, view)).length
  return {
    all: of('all'),
    expiringSoon: of('expiring-soon'),
    expired: of('expired'),
    development: of('development'),
    production: of('production'),
    sandbox: of('sandbox'),
    files: of('files'),
  }
}

function read(text: string): { chips: FilterChip[]; words: string[]; unknown: string | null } {
  const chips: FilterChip[] = []
  const words: string[] = []
  let unknown: string | null = null
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const negated = word.startsWith('not:')
    const [field = '', ...rest] = (negated ? word.slice(4) : word).split(':')
    const value = rest.join(':')
    if (value !== '' && FIELDS.has(field)) chips.push({ word, field, value, negated })
    else if (value !== '') unknown = word
    else words.push(word.toLowerCase())
  }
  return { chips, words, unknown }
}

function inView(row: RowView, view: ListQuery['view']): boolean {
  switch (view) {
    case 'all':
      return true
    case 'expiring-soon':
      return row.status === 'expires-soon'
    case 'expired':
      return row.status === 'expired'
    case 'development':
      return row.tier === 'dev'
    case 'production':
      return row.tier === 'prod'
    case 'sandbox':
      return row.hosting === 'sandbox'
    case 'files':
      return row.files !== 'none'
  }
}

function fits(row: RowView, { field, value }: FilterChip): boolean {
  const has = (text: string | null) => text?.toLowerCase().includes(value.toLowerCase()) ?? false
  switch (field) {
    case 'type':
      return row.tier === value
    case 'hosting':
      return row.hosting === value
    case 'status':
      return row.status === value
    case 'product':
      return row.product === value
    case 'account':
      return has(row.account)
    case 'entitlement':
      return row.entitlements?.some(has) ?? false
    default:
      return row.expiry?.kind === 'on' && row.expiry.days <= Number.parseInt(value, 10)
  }
}

const textOf = (row: RowView) =>
  [row.label, row.product, row.account, row.id, ...(row.entitlements ?? [])].join(' ').toLowerCase()

function keyOf(row: RowView, sort: SortColumn): string | number {
  switch (sort) {
    case 'expiry':
      return row.expiry?.kind === 'on' ? row.expiry.days : row.expiry?.kind === 'never' ? 1e9 : 2e9
    case 'name':
      return row.label.toLowerCase()
    case 'product':
      return row.product
    case 'account':
      return row.account
    case 'type':
      return row.tier ?? '~'
    case 'hosting':
      return row.hosting ?? '~'
    case 'status':
      return row.status
  }
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one).localeCompare(String(other))
}
