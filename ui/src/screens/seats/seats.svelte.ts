/** The machines that one license is in use on. */
import type { Backend } from '$lib/ipc/backend'
import { ago } from '$lib/format/dates'
import type { SeatView, SeatsView } from '$lib/ipc/generated'
import { m } from '$lib/messages'
import { asErrorView } from '$lib/messages/errors'
import { Asked } from '$lib/state/action/asked.svelte'

const GONE = 'seat-not-found'

/** When a machine was last seen, and how it is beyond that. */
export function seenText({ lastHeartbeat, heartbeat }: SeatView): string {
  const seen = lastHeartbeat === null ? m.seats.never : m.seats.lastSeen(ago(lastHeartbeat))
  return [seen, heartbeat && m.seats.heartbeat(heartbeat)].filter(Boolean).join(m.common.between)
}

export class Seats extends Asked<SeatsView> {
  constructor(
    private readonly backend: Backend,
    private readonly license: string,
  ) {
    super(() => backend.seats(license))
  }

  /** Whether every seat that the vendor tells of is taken. */
  get full(): boolean {
    return this.view !== null && this.view.most !== null && this.view.seats.length >= this.view.most
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
