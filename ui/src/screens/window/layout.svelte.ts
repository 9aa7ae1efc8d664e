/** How wide the side panes are: of this window on this computer, so it is kept by the page itself. */

const KEY = 'licet.layout'

interface Widths {
  sidebar: number
  detail: number
}

const USUAL: Widths = { sidebar: 212, detail: 406 }

export class Layout {
  widths = $state.raw<Widths>(read())

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
  return (
    'sidebar' in kept && 'detail' in kept && Number.isFinite(kept.sidebar) && Number.isFinite(kept.detail)
  )
}
