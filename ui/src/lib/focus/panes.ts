/** The panes of the window, which carry `data-pane` with their name, and the part of each that has the focus at first. */

export type Pane = 'sidebar' | 'list' | 'banners' | 'detail'

const FOCUSABLE =
  'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"], [role="separator"])'

/** What had the focus last in each pane. */
const before = new WeakMap<Element, HTMLElement>()

/** Whether an element can have the focus now. */
export function canFocus(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    !element.matches(':disabled') &&
    element.closest('[inert], [hidden]') === null &&
    (element.checkVisibility?.({ visibilityProperty: true }) ?? true)
  )
}

/** Remembers what has the focus in its pane. */
export function remember(element: HTMLElement): void {
  const pane = element.closest('[data-pane]')
  if (pane !== null) before.set(pane, element)
}

/** Moves the focus to the main part of a pane; false where the pane is not shown or has none. */
export function focusPane(name: Pane): boolean {
  const pane = shown().find(({ dataset }) => dataset.pane === name)
  return pane !== undefined && enter(pane)
}

/** Moves the focus into a pane: to its grid, to what is chosen in it, or else to its first control. */
export function enter(pane: HTMLElement): boolean {
  const to = entryOf(pane)
  to?.focus()
  return to !== null
}

/** Moves the focus to the next pane, or with -1 to the one before: to where it was in that pane. */
export function cyclePanes(step: 1 | -1): void {
  const panes = shown().filter((pane) => entryOf(pane) !== null)
  const from = document.activeElement?.closest<HTMLElement>('[data-pane]')
  const now = from ? panes.indexOf(from) : -1
  const next = now === -1 && step === -1 ? panes.length - 1 : now + step
  const pane = panes[(next + panes.length) % panes.length]
  if (pane === undefined) return
  const left = before.get(pane)
  if (left && pane.contains(left) && canFocus(left)) left.focus()
  else enter(pane)
}

/** Keeps Tab in a pane that lies over the others: behind its last control comes its first. */
export function holdTab(pane: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return
  const all = [...pane.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(canFocus)
  const edge = event.shiftKey ? all[0] : all.at(-1)
  if (document.activeElement !== edge) return
  event.preventDefault()
  ;(event.shiftKey ? all.at(-1) : all[0])?.focus()
}

const shown = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(canFocus)

function entryOf(pane: HTMLElement): HTMLElement | null {
  const own = (selector: string) =>
    [...pane.querySelectorAll<HTMLElement>(selector)].filter(
      (found) =>
        found.closest('[data-pane]') === pane &&
        found.closest('[data-pane-aside]') === null &&
        canFocus(found),
    )
  const all = own(FOCUSABLE)
  // No search field, which would type what is meant as a key of the window.
  const content = all.find((found) => found.closest('main > header') === null)
  return own('[role="grid"]')[0] ?? own('[aria-current="true"]')[0] ?? content ?? all[0] ?? null
}
