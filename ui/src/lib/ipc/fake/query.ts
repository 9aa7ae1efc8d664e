/** A small reading of the list's query, close enough for looking and for tests. */
import type {
  FilterChip,
  GroupBy,
  GroupView,
  ListQuery,
  ListWindow,
  RowView,
  SortColumn,
  ViewCounts,
} from '../generated'

const FIELDS = new Set([
  'type',
  'hosting',
  'status',
  'account',
  'entitlement',
  'product',
  'vendor',
  'expires',
  'expires-in',
])
const VENDORS = new Set(['aidbox', 'aica', 'dashboard'])
const MONTH = 3
const PERIODS = ['expired', 'this-week', 'next-week', 'month', 'later', 'never', 'none']

export function answer(
  rows: readonly RowView[],
  query: ListQuery,
  offset: number,
  limit: number,
): ListWindow {
  const { chips, unknown } = read(query.text)
  if (unknown !== null) {
    const problem = {
      code: 'filter-bad-value' as const,
      args: { word: unknown, possible: 'type' },
      detail: null,
    }
    return { total: 0, offset, rows: [], groups: [], chips, problem }
  }
  const chosen = choose(rows, query)
  return {
    total: chosen.length,
    offset,
    rows: chosen.slice(offset, offset + limit),
    groups: groupsOf(matching(rows, query), query),
    chips,
    problem: null,
  }
}

/** The rows of a query in order, without those of folded groups. */
export function choose(rows: readonly RowView[], query: ListQuery): RowView[] {
  const { group } = query
  const keys = groupsOf(matching(rows, query), query).map(({ key }) => key)
  const sign = query.descending ? -1 : 1
  const place = (row: RowView) => (group === null ? 0 : keys.indexOf(groupOf(row, group)))
  return matching(rows, query)
    .filter((row) => group === null || !query.folded.includes(groupOf(row, group)))
    .sort(
      (one, other) =>
        place(one) - place(other) || sign * compare(keyOf(one, query.sort), keyOf(other, query.sort)),
    )
}

function groupsOf(rows: readonly RowView[], { group, folded }: ListQuery): GroupView[] {
  if (group === null) return []
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(groupOf(row, group), (counts.get(groupOf(row, group)) ?? 0) + 1)
  const period = (key: string) => (PERIODS.includes(key) ? PERIODS.indexOf(key) : MONTH)
  const order = (key: string) => (group === 'expiry' ? `${period(key)} ${key}` : key)
  return [...counts.keys()]
    .sort((one, other) => compare(order(one), order(other)))
    .map((key) => ({ key, count: counts.get(key) ?? 0, folded: folded.includes(key) }))
}

function groupOf(row: RowView, group: GroupBy): string {
  switch (group) {
    case 'vendor':
      return row.product
    case 'account':
      return String(row.accountId)
    case 'type':
      return row.tier ?? 'none'
    case 'expiry':
      if (row.expiry?.kind !== 'on') return row.expiry?.kind ?? 'none'
      if (row.expiry.days < 0) return 'expired'
      if (row.expiry.days < 7) return 'this-week'
      return row.expiry.days < 300 ? row.expiry.at.slice(0, 7) : 'later'
  }
}

function matching(rows: readonly RowView[], query: ListQuery): RowView[] {
  const { chips, words, unknown } = read(query.text)
  if (unknown !== null) return []
  return rows.filter(
    (row) =>
      inView(row, query.view) &&
      (query.account === null || row.accountId === query.account) &&
      chips.every((chip) => fits(row, chip) !== chip.negated) &&
      words.every((word) => textOf(row).includes(word)),
  )
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
    files: rows.filter(({ files }) => files !== 'none').length,
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
    if (value !== '' && FIELDS.has(field) && (field !== 'vendor' || VENDORS.has(value)))
      chips.push({ word, field, value, negated })
    else if (rest.length > 0) unknown = word
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
    case 'vendor':
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
    case 'used':
      return row.used?.used ?? 1e9
    case 'status':
      return row.status
  }
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one).localeCompare(String(other))
}
