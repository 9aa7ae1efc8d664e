/** Which licenses are selected, and the row that the keyboard stands on. Ids, so that it survives a new order. */
import { SvelteSet } from 'svelte/reactivity'

export class Selection {
  readonly ids = new SvelteSet<string>()
  /** The row that the keyboard stands on. */
  active = $state<{ id: string; index: number } | null>(null)
  /** The group whose heading has the keyboard, instead of a row. What is selected stays so. */
  heading = $state<string | null>(null)
  /** Counts what was chosen, so that a row is brought into view when it is, and not when the list changes. */
  choices = $state(0)
  #anchor: { id: string; index: number } | null = null

  get size(): number {
    return this.ids.size
  }

  /** The one license that is selected, or null for none or many. */
  get only(): string | null {
    return this.ids.size === 1 ? ([...this.ids][0] ?? null) : null
  }

  /** The first place of what is selected, as far as it is known: a range begins at its anchor or at the keyboard's row. */
  get firstPlace(): number | null {
    if (this.active === null) return null
    return Math.min(this.active.index, this.#anchor?.index ?? this.active.index)
  }

  has(id: string): boolean {
    return this.ids.has(id)
  }

  /** Whether no license was chosen since this was called: what was asked for earlier gives way to a later choice. */
  unchanged(): () => boolean {
    const before = this.choices
    return () => this.choices === before
  }

  /** A plain click or arrow: this one alone. */
  choose(id: string, index: number): void {
    this.#chosen()
    this.ids.clear()
    this.ids.add(id)
    this.active = { id, index }
    this.#anchor = this.active
  }

  /** Ctrl: adds or takes away. */
  toggle(id: string, index: number): void {
    this.#chosen()
    if (!this.ids.delete(id)) this.ids.add(id)
    this.active = { id, index }
    this.#anchor = this.active
  }

  /** Shift: the rows between the anchor and `index`, as first and last place. */
  spanTo(index: number): [first: number, last: number] {
    const from = this.#anchor?.index ?? index
    return from <= index ? [from, index] : [index, from]
  }

  /** Sets the range that Shift spans; `ids` are its rows in order. */
  extend(ids: readonly string[], active: { id: string; index: number }): void {
    this.#chosen()
    this.ids.clear()
    for (const id of ids) this.ids.add(id)
    this.active = active
    this.#anchor ??= active
  }

  /** Takes one license out of the selection; the others stay selected. */
  drop(id: string): void {
    this.ids.delete(id)
    if (this.active?.id === id) this.active = null
    if (this.#anchor?.id === id) this.#anchor = null
  }

  clear(): void {
    this.ids.clear()
    this.active = null
    this.#anchor = null
  }

  /** The list has another order: the keyboard's row is at another place, or nowhere. */
  moved(index: number | null): void {
    if (this.active === null) return
    if (index === null) {
      this.clear()
      return
    }
    this.active = { id: this.active.id, index }
    this.#anchor = this.active
  }

  #chosen(): void {
    this.choices++
    this.heading = null
  }
}
