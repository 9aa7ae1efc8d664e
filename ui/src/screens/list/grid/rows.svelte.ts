/** Walking and selecting in the list: places become licenses, also those not fetched yet. */
import type { LicenseList } from '$lib/state/list/list.svelte'
import type { Selection } from '$lib/state/list/selection.svelte'

/** Where a key leads from a line; null where the key is none of the list's. */
export function target(key: string, from: number | null, total: number, page: number): number | null {
  if (total === 0) return null
  const last = total - 1
  const clamp = (index: number) => Math.max(0, Math.min(last, index))
  switch (key) {
    case 'ArrowDown':
      return from === null ? 0 : clamp(from + 1)
    case 'ArrowUp':
      return from === null ? last : clamp(from - 1)
    case 'PageDown':
      return clamp((from ?? 0) + page)
    case 'PageUp':
      return clamp((from ?? 0) - page)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

export class Rows {
  constructor(
    private readonly list: LicenseList,
    private readonly selection: Selection,
  ) {}

  /** The line that has the keyboard: a heading or a row. */
  get line(): number | null {
    const { heading, active } = this.selection
    const { lines } = this.list
    const headed = heading === null ? null : lines.ofHeading(heading)
    return headed ?? (active === null ? null : lines.ofRow(active.index))
  }

  /** Moves the keyboard to a line: selects its row, or stops at its heading, where what is selected stays so. */
  async goTo(line: number): Promise<void> {
    const to = this.list.lines.at(line)
    if (to.kind === 'row') await this.choose(to.index)
    else this.selection.heading = to.group.key
  }

  /** Extends the range to a line; a heading on the way is passed over. */
  async extendTo(line: number): Promise<void> {
    const step = line < (this.line ?? 0) ? -1 : 1
    const index = this.list.lines.rowFrom(line, step)
    if (index !== null) await this.extend(index)
  }

  /** What a key does at a heading, and Left in the rows below it. Returns whether it is such a key. */
  groupKey(key: string, fold: (group: string, folded: boolean) => unknown): boolean {
    const { line } = this
    const { lines } = this.list
    const group = line === null ? null : lines.groupAt(line)
    if (line === null || group === null) return false
    if (lines.at(line).kind === 'row') {
      if (key === 'ArrowLeft') this.selection.heading = group.key
      return key === 'ArrowLeft'
    }
    if (key === 'Enter' || key === ' ') fold(group.key, !group.folded)
    else if (key === 'ArrowLeft') fold(group.key, true)
    else if (key === 'ArrowRight' && group.folded) fold(group.key, false)
    else if (key === 'ArrowRight') void this.goTo(line + 1)
    else return false
    return true
  }

  /** Folds or unfolds a group. What is selected in a folded group is let go of, and its heading has the keyboard. */
  async fold(key: string, folded: boolean): Promise<void> {
    const { selection, list } = this
    selection.heading = key
    if (list.query.folded.includes(key) === folded) return
    const [first, end] = list.lines.rowsOf(key)
    if (folded && selection.size > 1 && end > first) {
      for (const id of await list.idsOf(first, end - 1)) selection.drop(id)
    }
    await list.fold(key, folded)
  }

  async choose(index: number): Promise<void> {
    const id = await this.#idAt(index)
    if (id !== undefined) this.selection.choose(id, index)
  }

  async toggle(index: number): Promise<void> {
    const id = await this.#idAt(index)
    if (id !== undefined) this.selection.toggle(id, index)
  }

  async extend(index: number): Promise<void> {
    const [first, last] = this.selection.spanTo(index)
    const ids = await this.list.idsOf(first, last)
    const id = ids[index - first]
    if (id !== undefined) this.selection.extend(ids, { id, index })
  }

  async all(): Promise<void> {
    if (this.list.total === 0) return
    const ids = await this.list.idsOf(0, this.list.total - 1)
    const active = this.selection.active ?? { id: ids[0] ?? '', index: 0 }
    this.selection.extend(ids, active)
  }

  async #idAt(index: number): Promise<string | undefined> {
    return (await this.list.rowAt(index))?.id
  }
}
