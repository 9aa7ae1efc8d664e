/** Short news at the window's edge, of what is done already. Some of it can be undone, or leads on. */
import { m } from '../../messages'

export type Tone = 'plain' | 'good' | 'bad'

export interface Toast {
  id: number
  text: string
  tone: Tone
  act: { label: string; run: () => void } | null
}

const STAYS_MS = 5_000
const UNDO_MS = 8_000
const AT_MOST = 3

export class Toasts {
  shown = $state<Toast[]>([])
  #next = 1
  #going = new Map<number, ReturnType<typeof setTimeout>>()

  say(text: string, tone: Tone = 'plain'): void {
    this.#show(text, tone, null, STAYS_MS)
  }

  /** News of something done already, with the way back. */
  done(text: string, undo: () => void): void {
    this.#show(text, 'plain', { label: m.common.undo, run: undo }, UNDO_MS)
  }

  /** News of something done already, with what may come next. */
  offer(text: string, label: string, run: () => void): void {
    this.#show(text, 'good', { label, run }, UNDO_MS)
  }

  act(id: number): void {
    const toast = this.shown.find((shown) => shown.id === id)
    this.dismiss(id)
    toast?.act?.run()
  }

  dismiss(id: number): void {
    clearTimeout(this.#going.get(id))
    this.#going.delete(id)
    this.shown = this.shown.filter((toast) => toast.id !== id)
  }

  #show(text: string, tone: Tone, act: Toast['act'], stays: number): void {
    const id = this.#next++
    this.#going.set(
      id,
      setTimeout(() => this.dismiss(id), stays),
    )
    this.shown.push({ id, text, tone, act })
    const oldest = this.shown[0]
    if (this.shown.length > AT_MOST && oldest) this.dismiss(oldest.id)
  }
}
