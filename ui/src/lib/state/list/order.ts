/** How the list is ordered: of this window on this computer, so it is kept by the page itself. */
import type { ListQuery, SortColumn } from '../../ipc/generated'
import { COLUMNS } from './columns'

const KEY = 'licet.order'

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
