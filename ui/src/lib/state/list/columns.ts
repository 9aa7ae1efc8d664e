/** Which columns fit, how wide each is drawn, and which are told under the name instead. */
import type { ColumnView, SortColumn } from '../../ipc/generated'

export interface ColumnKind {
  column: string
  least: number
  usual: number
  /** The lower, the longer it stays when the list gets narrow. */
  rank: number
  sorts: SortColumn | null
}

export const COLUMNS: readonly ColumnKind[] = [
  { column: 'name', least: 160, usual: 240, rank: 0, sorts: 'name' },
  { column: 'product', least: 76, usual: 88, rank: 6, sorts: 'product' },
  { column: 'type', least: 58, usual: 64, rank: 3, sorts: 'type' },
  { column: 'hosting', least: 92, usual: 100, rank: 4, sorts: 'hosting' },
  { column: 'expiry', least: 150, usual: 204, rank: 1, sorts: 'expiry' },
  { column: 'entitlements', least: 120, usual: 170, rank: 5, sorts: null },
  { column: 'status', least: 122, usual: 128, rank: 2, sorts: 'status' },
  { column: 'account', least: 96, usual: 140, rank: 7, sorts: 'account' },
]

/** How wide a column is that shows nearly every name or list of entitlements whole. */
const AMPLE = 320

export function kindOf(column: string): ColumnKind | undefined {
  return COLUMNS.find((kind) => kind.column === column)
}

/** What only licenses have that are created as one of several kinds. */
const OF_KINDS = ['type', 'hosting']

/**
 * The columns as kept: known ones only, the name always among them. The usual ones have those of kinds only where a connected
 * vendor has such licenses.
 */
export function tidy(kept: readonly ColumnView[], hasKinds = true): ColumnView[] {
  const known = kept.filter(({ column }) => kindOf(column) !== undefined)
  if (known.length === 0) {
    const usual = COLUMNS.slice(0, 7).filter(({ column }) => hasKinds || !OF_KINDS.includes(column))
    return usual.map(({ column, usual: width }) => ({ column, width }))
  }
  return known.some(({ column }) => column === 'name') ? known : [{ column: 'name', width: 240 }, ...known]
}

/**
 * The columns that fit into a width. The least needed go first; what is too wide gives way down to its least
 * width. What is left goes to the name, past a usual one's length to the entitlements, and the rest to the name again.
 */
export function fit(kept: readonly ColumnView[], width: number): ColumnView[] {
  const least = (column: ColumnView) => kindOf(column.column)?.least ?? 80
  const rank = (column: ColumnView) => kindOf(column.column)?.rank ?? 9
  const byNeed = [...kept].sort((one, other) => rank(one) - rank(other))
  const chosen = new Set<string>()
  let used = 0
  for (const column of byNeed) {
    if (chosen.size > 0 && used + least(column) > width) break
    chosen.add(column.column)
    used += least(column)
  }
  const shown = kept.filter(({ column }) => chosen.has(column))
  const wished = shown.map((column) => Math.max(least(column), column.width))
  const spare = width - wished.reduce((sum, one) => sum + one, 0)
  const name = wished[shown.findIndex(({ column }) => column === 'name')] ?? 0
  const chips = shown.find(({ column }) => column === 'entitlements')
  // One that a user made wider or narrower keeps its width.
  const isUsual = chips !== undefined && chips.width === kindOf('entitlements')?.usual
  const given = isUsual ? Math.max(0, Math.min(AMPLE - chips.width, name + spare - AMPLE)) : 0
  const extra = (column: string) =>
    column === 'name' ? spare - given : column === 'entitlements' ? given : 0
  const slack = shown.map((column, at) => (wished[at] ?? 0) - least(column))
  const allSlack = slack.reduce((sum, one) => sum + one, 0)
  return shown.map((column, at) => {
    const own = wished[at] ?? 0
    if (spare >= 0) return { column: column.column, width: own + extra(column.column) }
    const taken = allSlack === 0 ? 0 : ((slack[at] ?? 0) / allSlack) * Math.min(-spare, allSlack)
    return { column: column.column, width: Math.floor(own - taken) }
  })
}

/** Told under the name whenever they have no column of their own; the others only where they were chosen. */
const ALWAYS_UNDER = ['product', 'type', 'hosting', 'account']
const UNDER_ORDER = ['status', 'expiry', ...ALWAYS_UNDER, 'entitlements']

/** What a row of two lines says under its name: the columns that are not drawn, the most telling first. */
export function columnsUnder(kept: readonly ColumnView[], drawn: readonly ColumnView[]): string[] {
  const has = (columns: readonly ColumnView[], name: string) => columns.some(({ column }) => column === name)
  return UNDER_ORDER.filter((name) => !has(drawn, name) && (ALWAYS_UNDER.includes(name) || has(kept, name)))
}

/**
 * The columns after one's edge was moved by `by` pixels, from how they are drawn. The name takes what the others
 * leave, so moving its edge moves its neighbour's beginning.
 */
export function resized(
  kept: readonly ColumnView[],
  drawn: readonly ColumnView[],
  column: string,
  by: number,
): ColumnView[] {
  const at = drawn.findIndex((one) => one.column === column)
  const neighbour = column === 'name' ? drawn[at + 1] : undefined
  const [moved, change] = neighbour ? [neighbour.column, -by] : [column, by]
  return kept.map((one) => {
    const width = drawn.find((shown) => shown.column === one.column)?.width ?? one.width
    if (one.column !== moved) return one.column === 'name' ? one : { ...one, width }
    return { ...one, width: Math.max(kindOf(moved)?.least ?? 80, Math.round(width + change)) }
  })
}

const CHIP_PADDING = 18
const CHIP_LETTER = 7
const CELL_PADDING = 16
const REST = 26

/** How many entitlements fit into a cell as chips, one at least; the others are counted behind them. */
export function chipsThatFit(names: readonly string[], width: number): number {
  let left = width - CELL_PADDING
  let fits = 0
  for (const [at, name] of names.entries()) {
    left -= CHIP_PADDING + CHIP_LETTER * name.length
    const rest = at < names.length - 1 ? REST : 0
    if (left < rest && fits > 0) break
    fits++
  }
  return fits
}
