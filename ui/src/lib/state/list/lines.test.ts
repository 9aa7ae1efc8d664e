import { describe, expect, test } from 'vitest'
import { Lines } from './lines'

const group = (key: string, count: number, folded = false) => ({ key, count, folded })
const heading = (key: string) => ({ kind: 'heading', group: expect.objectContaining({ key }) })
const row = (index: number) => ({ kind: 'row', index })

describe('lines of a list', () => {
  test('are its rows if it has no groups', () => {
    const lines = new Lines([], 10)
    expect(lines.total).toBe(10)
    expect(lines.at(7)).toEqual(row(7))
    expect(lines.ofRow(7)).toBe(7)
    expect(lines.groupAt(7)).toBeNull()
  })

  test('begin each group with its heading', () => {
    const lines = new Lines([group('a', 2), group('b', 1)], 3)
    expect([0, 1, 2, 3, 4].map((line) => lines.at(line))).toEqual([
      heading('a'),
      row(0),
      row(1),
      heading('b'),
      row(2),
    ])
    expect([0, 1, 2].map((index) => lines.ofRow(index))).toEqual([1, 2, 4])
    expect(lines.ofHeading('b')).toBe(3)
    expect(lines.ofHeading('c')).toBeNull()
  })

  test('leave out the rows of a folded group', () => {
    const lines = new Lines([group('a', 2), group('b', 70_000, true), group('c', 1)], 3)
    expect(lines.total).toBe(6)
    expect([3, 4, 5].map((line) => lines.at(line))).toEqual([heading('b'), heading('c'), row(2)])
    expect(lines.ofRow(2)).toBe(5)
    expect(lines.rowsOf('b')).toEqual([2, 2])
    expect(lines.groupAt(3)?.key).toBe('b')
  })

  test('lead from a heading to the next row, if there is one', () => {
    const lines = new Lines([group('a', 1), group('b', 5, true)], 1)
    expect(lines.rowFrom(0, 1)).toBe(0)
    expect(lines.rowFrom(2, -1)).toBe(0)
    expect(lines.rowFrom(2, 1)).toBeNull()
  })
})
