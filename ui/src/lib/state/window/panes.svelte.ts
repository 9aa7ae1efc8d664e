/** How the panes share the window: all beside each other, the left one in a drawer, or one at a time. */
import type { Pane } from '../../focus/panes'

/** Less wide than this, the left pane is a drawer. */
const DRAWER_BELOW = 1000
/** Less wide than this, the details open over the list. */
const ONE_BELOW = 800

/** What the middle pane shows. */
export type Middle = 'list' | 'attention' | 'files'

export class Panes {
  middle = $state<Middle>('list')
  /** How wide the window is. */
  width = $state(1280)
  readonly hasDrawer = $derived(this.width < DRAWER_BELOW)
  readonly isOne = $derived(this.width < ONE_BELOW)
  /** How wide the detail pane is drawn; null where it is not beside the list. */
  aside = $state<number | null>(null)
  /** The pane that an action asks to have the focus. */
  asked = $state.raw<{ pane: Pane; isLate: boolean } | null>(null)
  #drawer = $state(false)
  #opened = $state(false)

  /** Whether the drawer is open. */
  get drawer(): boolean {
    return this.hasDrawer && this.#drawer
  }

  /** Whether the details are over the list. */
  get pushed(): boolean {
    return this.isOne && this.#opened
  }

  openDrawer(): void {
    this.#drawer = true
  }

  closeDrawer(): void {
    this.#drawer = false
  }

  /** Closes what lies over the list. */
  showList(): void {
    this.#drawer = false
    this.#opened = false
  }

  /** Shows the details of the selected license where they have no place beside the list. */
  openDetail(): void {
    this.#opened = true
  }

  closeDetail(): void {
    this.#opened = false
  }

  /**
   * Moves the focus to a pane once it is drawn, unless a dialog is open by then. What may come late does not take it from a field where
   * something is typed.
   */
  focus(pane: Pane, isLate = false): void {
    if (pane === 'list') this.showList()
    this.asked = { pane, isLate }
  }
}
