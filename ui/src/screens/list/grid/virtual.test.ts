import { describe, expect, test } from 'vitest'
import {
  contentHeight,
  firstShown,
  MOST_PX,
  pageOf,
  reveal,
  ROW_HEIGHTS,
  shifted,
  windowAt,
  type Measure,
} from './virtual'

const ROW = ROW_HEIGHTS.comfortable

const ten: Measure = { total: 10, rowHeight: ROW, viewport: 600 }
const many: Measure = { total: 10_000, rowHeight: ROW, viewport: 600 }
const millions: Measure = { total: 3_000_000, rowHeight: ROW, viewport: 600 }

/** Where a row's top is on the screen at a scroll position. */
function onScreen(index: number, scrollTop: number, measure: Measure): number {
  const { first, top } = windowAt(scrollTop, measure)
  return top + (index - first) * measure.rowHeight - scrollTop
}

describe('which rows a scroll position shows', () => {
  test('a short list shows whole', () => {
    expect(windowAt(0, ten)).toEqual({ first: 0, end: 10, top: 0 })
  })

  test('in a long list only what shows, and a few around it, is drawn', () => {
    const { first, end } = windowAt(ROW * 500, many)
    expect(first).toBe(494)
    expect(end).toBeLessThan(530)
  })

  test('an empty list draws nothing', () => {
    expect(windowAt(0, { ...ten, total: 0 })).toEqual({ first: 0, end: 0, top: 0 })
  })

  test('below the height that browsers allow a row stands where it would', () => {
    expect(onScreen(500, ROW * 500, many)).toBe(0)
    expect(contentHeight(many)).toBe(440_000)
  })
})

describe('a list higher than browsers allow an element to be', () => {
  test('is clamped below the limit of 33,554,428 px', () => {
    expect(contentHeight(millions)).toBe(MOST_PX)
    expect(MOST_PX).toBeLessThan(33_554_428)
  })

  test('begins with its first row', () => {
    expect(windowAt(0, millions).first).toBe(0)
    expect(onScreen(0, 0, millions)).toBe(0)
  })

  test('ends with its last row at the lower edge', () => {
    const end = MOST_PX - millions.viewport
    expect(windowAt(end, millions).end).toBe(millions.total)
    expect(onScreen(millions.total - 1, end, millions)).toBeCloseTo(600 - ROW, 3)
  })

  test('reaches every row: revealing it puts it into view', () => {
    for (const index of [0, 1, 17, 999_999, 1_500_000, 2_999_998, 2_999_999]) {
      const top = onScreen(index, reveal(index, 0, millions), millions)
      expect(top, `row ${index}`).toBeGreaterThanOrEqual(-0.01)
      expect(top, `row ${index}`).toBeLessThanOrEqual(600 - ROW + 0.01)
    }
  })
})

describe('bringing a row into view', () => {
  test('does not move what is in view already', () => {
    expect(reveal(3, ROW, many)).toBe(ROW)
  })

  test('moves up or down just as far as is needed', () => {
    expect(reveal(2, ROW * 10, many)).toBe(2 * ROW)
    expect(reveal(20, 0, many)).toBe(21 * ROW - 600)
  })

  test('leaves room for the heading of its group', () => {
    const grouped = { ...many, covered: ROW }
    expect(reveal(10, ROW * 10, grouped)).toBe(9 * ROW)
    expect(reveal(0, ROW * 10, grouped)).toBe(0)
  })

  test('keeps what is shown where it is when rows come or go above', () => {
    expect(firstShown(ROW * 40 + 5, many)).toBe(40)
    expect(shifted(ROW * 40 + 5, 3, many)).toBe(ROW * 43 + 5)
    expect(shifted(ROW * 2, -3, many)).toBe(0)
  })

  test('a page is what shows, less a row to keep one’s place', () => {
    expect(pageOf(many)).toBe(12)
    expect(pageOf({ ...many, rowHeight: ROW_HEIGHTS.compact })).toBe(20)
    expect(pageOf({ ...many, viewport: 10 })).toBe(1)
  })
})
