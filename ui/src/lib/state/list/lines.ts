/** The lines of the list: each group has its heading, and below it its rows unless it is folded. */
import type { GroupView } from '../../ipc/generated'

export type Line = { kind: 'row'; index: number } | { kind: 'heading'; group: GroupView }

interface Start {
  group: GroupView
  /** The line of its heading. */
  line: number
  /** Its first row, and one past its last. */
  first: number
  end: number
}

export class Lines {
  readonly #starts: readonly Start[]

  /** The groups in order, and how many rows all of them show. Without groups each line is a row. */
  constructor(
    readonly groups: readonly GroupView[],
    readonly rows: number,
  ) {
    const starts: Start[] = []
    let [line, first] = [0, 0]
    for (const group of groups) {
      const end = first + (group.folded ? 0 : group.count)
      starts.push({ group, line, first, end })
      line += 1 + end - first
      first = end
    }
    this.#starts = starts
  }

  get total(): number {
    return this.rows + this.groups.length
  }

  at(line: number): Line {
    const start = this.#last(({ line: own }) => own <= line)
    if (!start) return { kind: 'row', index: line }
    if (start.line === line) return { kind: 'heading', group: start.group }
    return { kind: 'row', index: start.first + line - start.line - 1 }
  }

  /** The line of a row. */
  ofRow(index: number): number {
    const start = this.#ofRow(index)
    return start ? start.line + 1 + index - start.first : index
  }

  /** The line of a group's heading; null where there is no such group. */
  ofHeading(key: string): number | null {
    return this.#starts.find(({ group }) => group.key === key)?.line ?? null
  }

  /** The group of a line, whether it is its heading or one of its rows. */
  groupAt(line: number): GroupView | null {
    return this.#last(({ line: own }) => own <= line)?.group ?? null
  }

  /** The first row of a group and one past its last. */
  rowsOf(key: string): [first: number, end: number] {
    const start = this.#starts.find(({ group }) => group.key === key)
    return start ? [start.first, start.end] : [0, 0]
  }

  /** The row of a line, or of a heading the next one in a direction; null where there is none. */
  rowFrom(line: number, step: 1 | -1): number | null {
    for (let at = line; at >= 0 && at < this.total; at += step) {
      const found = this.at(at)
      if (found.kind === 'row') return found.index
    }
    return null
  }

  #ofRow(index: number): Start | undefined {
    return this.#starts.find(({ first, end }) => first <= index && index < end)
  }

  #last(fits: (start: Start) => boolean): Start | undefined {
    let [low, high] = [0, this.#starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const start = this.#starts[middle]
      if (start && fits(start)) low = middle + 1
      else high = middle
    }
    return this.#starts[low - 1]
  }
}
