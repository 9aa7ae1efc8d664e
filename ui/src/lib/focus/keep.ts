/**
 * Keeps the focus in the window. When the element that has it is removed or disabled, WebKit gives it to the page's body, where no key does
 * anything; it goes to the element's home instead. A control that is only busy gets it back.
 */
import { tick } from 'svelte'
import { canFocus, remember } from './panes'
import { goToMain, Place } from './place'

/** Begins to keep the focus; what it returns ends that. */
export function keepFocus(): () => void {
  let had: Place | null = null
  /** A control that is off for a moment, and where the focus waits for it. */
  let busy: { place: Place; at: Element | null } | null = null
  let isAsked = false

  function focused({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return
    had = new Place(target)
    remember(target)
  }

  function check(): void {
    isAsked = false
    const { activeElement: active } = document
    if (busy !== null && (active === busy.at || active === document.body)) {
      const { element } = busy.place
      if (element.isConnected && element.matches(':disabled')) return
      const { place } = busy
      busy = null
      place.return()
      return
    }
    busy = null
    if (active instanceof HTMLElement && active !== document.body) {
      if (active.matches(':disabled') || active.closest('[inert]')) leave(new Place(active))
      return
    }
    if (had === null) goToMain()
    else if (!canFocus(had.element)) leave(had)
  }

  function leave(place: Place): void {
    place.goHome()
    if (place.element.isConnected && place.element.matches(':disabled'))
      busy = { place, at: document.activeElement }
  }

  /** Whoever types does not wait for the control: it may be what they type that turns it on. */
  function typed(): void {
    busy = null
  }

  // Whoever changes the page may move the focus itself, right after.
  const observer = new MutationObserver(() => {
    if (isAsked) return
    isAsked = true
    void tick().then(check)
  })
  document.addEventListener('focusin', focused)
  document.addEventListener('input', typed, true)
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled', 'inert', 'hidden'],
  })
  return () => {
    document.removeEventListener('focusin', focused)
    document.removeEventListener('input', typed, true)
    observer.disconnect()
  }
}
