/**
 * Light or dark, as `data-theme` on the page's root: the one place that decides it, so that the colors of each are
 * written once. What was chosen last is remembered by the page itself, for the paint before the settings are here.
 */
import type { Appearance } from '../../ipc/generated'

const KEY = 'licet.appearance'
const dark = matchMedia('(prefers-color-scheme: dark)')
let chosen: Appearance = 'system'

dark.addEventListener('change', paint)

/** For the first paint: as the window looked last. */
export function lookAsBefore(): void {
  const kept = remembered()
  if (kept === 'light' || kept === 'dark') chosen = kept
  paint()
}

export function look(appearance: Appearance): void {
  chosen = appearance
  paint()
  try {
    localStorage.setItem(KEY, appearance)
  } catch {
    // Without storage the next first paint is as the system is.
  }
}

function paint(): void {
  document.documentElement.dataset.theme = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
