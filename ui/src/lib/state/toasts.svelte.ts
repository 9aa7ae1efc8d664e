/** Short news at the window's edge. Some can be undone; what they announce happens when they go. */

export type Tone = 'plain' | 'good' | 'bad'

export interface Toast {
  id: number
  text: string
  tone: Tone
  undo: (() => void) | null
}

interface Waiting {
  timer: ReturnType<typeof setTimeout>
  commit: () => void
}

const STAYS_MS = 5_000
const UNDO_MS = 8_000
const AT_MOST = 3

export class Toasts {
  shown = $state<Toast[]>([])
  #next = 1
  #waiting = new Map<number, Waiting>()

  say(text: string, tone: Tone = 'plain'): void {
    this.#show(text, tone, null, STAYS_MS, () => {})
  }

  /** News of something done already, with the way back. */
  done(text: string, undo: () => void): void {
    this.#show(text, 'plain', undo, UNDO_MS, () => {})
  }

  /** Announces a step that is only taken once the toast goes without Undo. */
  later(text: string, commit: () => void, undo: () => void): void {
    this.#show(text, 'plain', undo, UNDO_MS, commit)
  }

  undo(id: number): void {
    const toast = this.shown.find((shown) => shown.id === id)
    this.#forget(id)
    toast?.undo?.()
  }

  dismiss(id: number): void {
    const waiting = this.#waiting.get(id)
    this.#forget(id)
    waiting?.commit()
  }

  #show(text: string, tone: Tone, undo: (() => void) | null, stays: number, commit: () => void): void {
    const id = this.#next++
    this.#waiting.set(id, { timer: setTimeout(() => this.dismiss(id), stays), commit })
    this.shown.push({ id, text, tone, undo })
    const oldest = this.shown[0]
    if (this.shown.length > AT_MOST && oldest) this.dismiss(oldest.id)
  }

  #forget(id: number): void {
    const waiting = this.#waiting.get(id)
    if (waiting) clearTimeout(waiting.timer)
    this.#waiting.delete(id)
    this.shown = this.shown.filter((toast) => toast.id !== id)
  }
}
