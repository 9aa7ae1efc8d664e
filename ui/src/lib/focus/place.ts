/**
 * A place of the focus that can be returned to: an element, or once that is gone the nearest part of the window around it that is still
 * there. Such parts carry `data-focus-home`, and panes are such parts too.
 */
import { canFocus, enter, focusPane } from './panes'

const HOME = '[data-focus-home], [data-pane]'

export class Place {
  readonly #homes: HTMLElement[] = []

  constructor(readonly element: HTMLElement) {
    let home = element.parentElement?.closest<HTMLElement>(HOME)
    while (home) {
      this.#homes.push(home)
      home = home.parentElement?.closest<HTMLElement>(HOME)
    }
  }

  /** Where the focus is now; null where nothing has it. */
  static now(): Place | null {
    const { activeElement: active } = document
    return active instanceof HTMLElement && active !== document.body ? new Place(active) : null
  }

  /** Gives the focus back. */
  return(): void {
    if (canFocus(this.element)) this.element.focus()
    else this.goHome()
  }

  /** Moves the focus to the nearest home that is still there. */
  goHome(): void {
    if (!this.#homes.some((home) => canFocus(home) && settle(home))) goToMain()
  }
}

/** Moves the focus to what the window is about: a dialog, the list, or the page that is shown. */
export function goToMain(): void {
  const dialog = document.querySelector<HTMLElement>('dialog[open] [data-focus-home]')
  if (dialog !== null) {
    settle(dialog)
    return
  }
  if (focusPane('list') || focusPane('detail') || focusPane('sidebar')) return
  const page = [...document.querySelectorAll<HTMLElement>('[data-focus-home]')].find(canFocus)
  if (page) settle(page)
}

function settle(home: HTMLElement): boolean {
  if (home.dataset.pane !== undefined) return enter(home)
  home.focus({ preventScroll: true })
  return true
}
