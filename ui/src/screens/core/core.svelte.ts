/** The Core on this computer, asked again and again as long as somebody looks. */
import type { Backend } from '$lib/ipc/backend'
import type { CoreView, ErrorView } from '$lib/ipc/generated'
import { asErrorView } from '$lib/messages/errors'

/** How long after an answer it is asked again. */
export const AGAIN_AFTER_MS = 15_000

export class Core {
  view = $state.raw<CoreView | null>(null)
  error = $state.raw<ErrorView | null>(null)
  #watching = false
  #next: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly backend: Backend,
    private readonly license: string,
  ) {}

  /** Asks at once, and again after each answer until nobody looks any more. */
  watch(looks: boolean): void {
    if (looks === this.#watching) return
    this.#watching = looks
    clearTimeout(this.#next)
    if (looks) void this.#ask()
  }

  async #ask(): Promise<void> {
    try {
      const view = await this.backend.core(this.license)
      this.view = view
      this.error = null
    } catch (thrown) {
      this.error = asErrorView(thrown)
    }
    clearTimeout(this.#next)
    if (this.#watching) this.#next = setTimeout(() => void this.#ask(), AGAIN_AFTER_MS)
  }
}
