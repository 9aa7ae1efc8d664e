/** The Core on this computer, asked again and again as long as somebody looks. */
import type { Backend } from '$lib/ipc/backend'
import type { CoreView } from '$lib/ipc/generated'
import { Asked } from '$lib/state/action/asked.svelte'

/** How long after an answer it is asked again. */
export const AGAIN_AFTER_MS = 15_000

export class Core extends Asked<CoreView | null> {
  #watching = false
  #next: ReturnType<typeof setTimeout> | undefined

  constructor(backend: Backend, license: string) {
    super(() => backend.core(license))
  }

  /** Asks at once, and again after each answer until nobody looks any more. */
  watch(looks: boolean): void {
    if (looks === this.#watching) return
    this.#watching = looks
    clearTimeout(this.#next)
    if (looks) void this.#askAgain()
  }

  async #askAgain(): Promise<void> {
    await this.ask()
    clearTimeout(this.#next)
    if (this.#watching) this.#next = setTimeout(() => void this.#askAgain(), AGAIN_AFTER_MS)
  }
}
