/** Which folded parts of the detail pane are open: of this window on this computer, so the page itself keeps it. */
import { SvelteSet } from 'svelte/reactivity'

const KEY = 'licet.folds'

export class Folds {
  #open = new SvelteSet<string>(kept())

  isOpen(part: string): boolean {
    return this.#open.has(part)
  }

  toggle(part: string): void {
    if (!this.#open.delete(part)) this.#open.add(part)
    try {
      localStorage.setItem(KEY, JSON.stringify([...this.#open]))
    } catch {
      // Without storage the parts stay open until the window closes.
    }
  }
}

function kept(): string[] {
  try {
    const parts: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return Array.isArray(parts) ? parts.filter((part) => typeof part === 'string') : []
  } catch {
    return []
  }
}
