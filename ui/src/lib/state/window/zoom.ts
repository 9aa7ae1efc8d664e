/** How large the whole page is drawn: of this window on this computer, so it is kept by the page itself. */
const KEY = 'licet.zoom'
const STEPS = [0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const

export const USUAL_ZOOM = 1

/** As it was left. */
export function keptZoom(): number {
  try {
    const kept = Number(localStorage.getItem(KEY))
    return STEPS.some((step) => step === kept) ? kept : USUAL_ZOOM
  } catch {
    return USUAL_ZOOM
  }
}

export function keepZoom(factor: number): void {
  try {
    localStorage.setItem(KEY, String(factor))
  } catch {
    // Without storage the zoom holds until the window closes.
  }
}

/** The next step up or down; the last one stays. */
export function stepFrom(factor: number, by: 1 | -1): number {
  const at = STEPS.findIndex((step) => step === factor)
  return STEPS[Math.max(0, Math.min(STEPS.length - 1, at + by))] ?? USUAL_ZOOM
}
