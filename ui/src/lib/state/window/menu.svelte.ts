/** The menu of a row, a file or an account: opened where the pointer is, or at what has the keyboard. */
import type { Component } from 'svelte'

export interface MenuItem {
  label: string
  icon?: Component
  danger?: boolean
  disabled?: boolean
  /** Where it is one of several that can be on: whether it is. */
  checked?: boolean
  /** Whether only one of them can be on. */
  oneOf?: boolean
  testid?: string
  run: () => void
}

export interface MenuPlace {
  x: number
  y: number
  /** What had the keyboard before. */
  from: HTMLElement | null
}

export interface OpenMenu extends MenuPlace {
  /** What it is the menu of. */
  label: string
  items: MenuItem[]
}

export class ContextMenu {
  open = $state.raw<OpenMenu | null>(null)

  show({ x, y, from }: MenuPlace, label: string, items: MenuItem[]): void {
    this.open = items.length === 0 ? null : { label, items, x, y, from }
  }

  close(): void {
    this.open = null
  }
}

/**
 * Where the menu that an event asks for opens: at the pointer, or below an element if the keyboard asked for it. The web page's own menu
 * does not open then.
 */
export function placeOf(event: MouseEvent, element: Element | null): MenuPlace {
  event.preventDefault()
  event.stopPropagation()
  // The menu key and Shift+F10 press no button.
  if (event.button !== 2 && element !== null) return placeBelow(element)
  return { x: event.clientX, y: event.clientY, from: focused() }
}

/** Below an element. */
export function placeBelow(element: Element): MenuPlace {
  const { left, bottom } = element.getBoundingClientRect()
  return { x: left + 16, y: bottom, from: focused() }
}

/** Whether a key asks for the menu of what has the keyboard. Not every web view sends a `contextmenu` event for it. */
export const isMenuKey = ({ key, shiftKey }: KeyboardEvent): boolean =>
  key === 'ContextMenu' || (key === 'F10' && shiftKey)

const focused = (): HTMLElement | null =>
  document.activeElement instanceof HTMLElement ? document.activeElement : null
