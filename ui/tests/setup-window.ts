/** What jsdom lacks: modal dialogs and elements that have a size. */
import { cleanup } from '@testing-library/svelte'
import { afterEach, vi } from 'vitest'
import './setup-state'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
  // Test files share one document.
  document.body.replaceChildren()
  localStorage.clear()
  for (const name of Object.keys(document.documentElement.dataset)) {
    Reflect.deleteProperty(document.documentElement.dataset, name)
  }
})

document.documentElement.lang = 'en'
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true
}
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false
}
// An element has a size in a browser; here none is ever laid out.
Object.defineProperties(HTMLElement.prototype, {
  clientWidth: { configurable: true, get: () => 640 },
  clientHeight: { configurable: true, get: () => 480 },
})

// Whatever is observed is in view.
globalThis.IntersectionObserver ??= class {
  constructor(private readonly told: IntersectionObserverCallback) {}
  observe(target: Element): void {
    const entry = { target, isIntersecting: true } as IntersectionObserverEntry
    queueMicrotask(() => this.told([entry], this as unknown as IntersectionObserver))
  }
  unobserve(): void {}
  disconnect(): void {}
} as unknown as typeof IntersectionObserver

globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
