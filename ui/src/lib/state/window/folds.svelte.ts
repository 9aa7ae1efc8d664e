/** Which folded sections are open, by kind: the same for every license, and kept by the page on this computer. */

const KEY = 'licet.folds'

export class Folds {
  #open = $state.raw<readonly string[]>(read())

  isOpen(kind: string): boolean {
    return this.#open.includes(kind)
  }

  toggle(kind: string): void {
    this.#open = this.isOpen(kind) ? this.#open.filter((one) => one !== kind) : [...this.#open, kind]
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#open))
    } catch {
      // Without storage they stay as they are until the window closes.
    }
  }
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
