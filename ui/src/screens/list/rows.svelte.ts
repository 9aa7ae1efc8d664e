/** Walking and selecting in the list: places become licenses, also those not fetched yet. */
import type { LicenseList } from '$lib/state/list/list.svelte'
import type { Selection } from '$lib/state/list/selection.svelte'

/** Where a key leads from a row; null where the key is none of the list's. */
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
