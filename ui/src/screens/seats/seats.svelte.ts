/** The machines that one license is in use on. */
import type { Backend } from '$lib/ipc/backend'
import type { ErrorView, SeatView, SeatsView } from '$lib/ipc/generated'
import { asErrorView } from '$lib/messages/errors'

const GONE = 'seat-not-found'

export class Seats {
  view = $state.raw<SeatsView | null>(null)
  error = $state.raw<ErrorView | null>(null)
  loading = $state(false)
  #asked = 0

  constructor(
    private readonly backend: Backend,
    private readonly license: string,
  ) {}

  /** Whether every seat that the vendor tells of is taken. */
  get full(): boolean {
    return this.view !== null && this.view.most !== null && this.view.seats.length >= this.view.most
  }

  async ask(): Promise<void> {
    const asked = ++this.#asked
    this.loading = true
    try {
      const view = await this.backend.seats(this.license)
      if (asked !== this.#asked) return
      this.view = view
      this.error = null
    } catch (thrown) {
      if (asked === this.#asked) this.error = asErrorView(thrown)
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }

  /** Takes the seat from a machine that was named once more, and looks who is left. */
  async release(seat: SeatView, typed: string): Promise<void> {
    try {
      await this.backend.releaseSeat(this.license, seat.id, typed)
    } catch (thrown) {
      // Somebody was quicker: what was wanted is so.
      if (asErrorView(thrown).code !== GONE) throw thrown
    }
    await this.ask()
  }
}
