/** How much of a license is in use. */
import type { UsedView } from '../ipc/generated'
import { m } from '../messages'
import { count } from './numbers'

/** "1/2", or "–" where it is not known. */
export function usedText(counted: UsedView | null): string {
  if (counted === null || counted.used === null) return '–'
  return counted.most === null ? count(counted.used) : m.list.usedOf(count(counted.used), count(counted.most))
}

/** The same in full: "1 of 2 seats used". */
export const usedName = ({ unit, used, most }: UsedView): string => m.list.usedName(unit, used, most)
