/**
 * Which rows a scroll position shows, and back. A browser clamps an element's height (WebKitGTK at 33,554,428 px), so
 * past that the scroll position is mapped onto the rows in proportion.
 */

export const MOST_PX = 33_000_000

/** How high every row is: comfortable ones have a second line. */
export const ROW_HEIGHTS = { comfortable: 44, compact: 28 }

export interface Measure {
  total: number
  rowHeight: number
  /** The height in which rows show. */
  viewport: number
  /** How much of that the present group's heading covers at the top. */
  covered?: number
}

export interface VirtualWindow {
  /** The first and one past the last row to draw. */
  first: number
  end: number
  /** Where the first row's top is, in the scrolled content. */
  top: number
}

const OVERSCAN = 6

/** The scrolled content's height. */
export function contentHeight({ total, rowHeight }: Measure): number {
  return Math.min(total * rowHeight, MOST_PX)
}

export function windowAt(scrollTop: number, measure: Measure): VirtualWindow {
  const { total, rowHeight, viewport } = measure
  const position = toRows(scrollTop, measure)
  const first = Math.max(0, Math.min(total, Math.floor(position / rowHeight) - OVERSCAN))
  const end = Math.min(total, Math.ceil((position + viewport) / rowHeight) + OVERSCAN)
  return { first, end: Math.max(first, end), top: scrollTop + first * rowHeight - position }
}

/** The scroll position that shows a row whole, moving as little as can be. */
export function reveal(index: number, scrollTop: number, measure: Measure): number {
  const { rowHeight, viewport, covered = 0 } = measure
  const position = toRows(scrollTop, measure)
  const top = index * rowHeight
  if (top < position + covered) return toScroll(Math.max(0, top - covered), measure)
  if (top + rowHeight > position + viewport) return toScroll(top + rowHeight - viewport, measure)
  return scrollTop
}

/** The scroll position after rows came or went above, so that what is shown stays where it is. */
export function shifted(scrollTop: number, by: number, measure: Measure): number {
  const [, rows] = spans(measure)
  const position = toRows(scrollTop, measure) + by * measure.rowHeight
  return toScroll(Math.max(0, Math.min(position, rows)), measure)
}

/** The first row that is not hidden above. */
export function firstShown(scrollTop: number, measure: Measure): number {
  return Math.floor(toRows(scrollTop, measure) / measure.rowHeight)
}

/** How many rows a page key moves. */
export function pageOf({ rowHeight, viewport, covered = 0 }: Measure): number {
  return Math.max(1, Math.floor((viewport - covered) / rowHeight) - 1)
}

/** The place in the unclamped content, in pixels, that a scroll position means. */
function toRows(scrollTop: number, measure: Measure): number {
  const [scrollable, rows] = spans(measure)
  if (scrollable <= 0) return 0
  const clamped = Math.max(0, Math.min(scrollTop, scrollable))
  return rows === scrollable ? clamped : (clamped / scrollable) * rows
}

function toScroll(position: number, measure: Measure): number {
  const [scrollable, rows] = spans(measure)
  if (rows <= 0) return 0
  return rows === scrollable ? position : (position / rows) * scrollable
}

function spans(measure: Measure): [scrollable: number, rows: number] {
  const { total, rowHeight, viewport } = measure
  return [contentHeight(measure) - viewport, total * rowHeight - viewport]
}
