/** How wide the side panes are: of this window on this computer, so it is kept by the page itself. */

const KEY = 'licet.layout'

interface Widths {
  sidebar: number
  /** Null until the user chooses it: then it grows with the window. */
  detail: number | null
}

const USUAL: Widths = { sidebar: 212, detail: null }

/** The share of the window that the detail pane has at first, and its limits: ids fit on a line in a wide window. */
const SHARE = 0.3
const LEAST = 340
export const MOST = 560

export class Layout {
  widths = $state.raw<Widths>(read())

  /** How wide the detail pane would be in a window of this width. */
  detailIn(window: number): number {
    const usual = Math.max(LEAST, Math.min(MOST, window * SHARE))
    return Math.min(this.widths.detail ?? usual, window * 0.4)
  }

  set(pane: keyof Widths, width: number): void {
    this.widths = { ...this.widths, [pane]: width }
    try {
      localStorage.setItem(KEY, JSON.stringify(this.widths))
    } catch {
      // Without storage the widths hold until the window closes.
    }
  }
}

function read(): Widths {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return isWidths(kept) ? kept : USUAL
  } catch {
    return USUAL
  }
}

function isWidths(kept: unknown): kept is Widths {
  if (typeof kept !== 'object' || kept === null) return false
  if (!('sidebar' in kept) || !('detail' in kept)) return false
  return Number.isFinite(kept.sidebar) && (kept.detail === null || Number.isFinite(kept.detail))
}
