/** How the list is ordered and grouped: of this window on this computer, so it is kept by the page itself. */
import type { GroupBy, ListQuery, SortColumn } from '../../ipc/generated'
import { COLUMNS } from './columns'

const KEY = 'licet.order'
const GROUP_KEY = 'licet.group'

/** What the list can be grouped by, in the order of the menu. */
export const GROUPINGS: readonly GroupBy[] = ['vendor', 'account', 'expiry', 'type']

export type Order = Pick<ListQuery, 'sort' | 'descending'>

const USUAL: Order = { sort: 'expiry', descending: false }

/** As it was left, or the usual one. */
export function keptOrder(): Order {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return isOrder(kept) ? kept : USUAL
  } catch {
    return USUAL
  }
}

export function keepOrder({ sort, descending }: Order): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ sort, descending }))
  } catch {
    // Without storage the order holds until the window closes.
  }
}

function isOrder(kept: unknown): kept is Order {
  if (typeof kept !== 'object' || kept === null || !('sort' in kept) || !('descending' in kept)) return false
  return isSort(kept.sort) && typeof kept.descending === 'boolean'
}

const isSort = (sort: unknown): sort is SortColumn =>
  COLUMNS.some(({ sorts }) => sorts !== null && sorts === sort)

/** What the list was last grouped by. */
export function keptGroup(): GroupBy | null {
  try {
    const kept = localStorage.getItem(GROUP_KEY)
    return GROUPINGS.find((group) => group === kept) ?? null
  } catch {
    return null
  }
}

export function keepGroup(group: GroupBy | null): void {
  try {
    localStorage.setItem(GROUP_KEY, group ?? '')
  } catch {
    // Without storage the grouping holds until the window closes.
  }
}
