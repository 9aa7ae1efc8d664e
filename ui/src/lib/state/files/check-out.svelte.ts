/** A certificate that is about to be checked out: for how long, with what, and what came of it. */
import type { Backend } from '../../ipc/backend'
import type { CertificateView, CheckOutView } from '../../ipc/generated'
import { Action } from '../action/action.svelte'

export class CheckOut {
  ttlSeconds = $state<number | null>(null)
  entitlements = $state(true)
  /** A certificate that is readable by anyone has the license key in it. */
  encrypted = $state(true)
  /** What was checked out, as long as it is what would be written. */
  seen = $state.raw<CertificateView | null>(null)
  readonly sending = new Action()

  constructor(
    private readonly backend: Backend,
    private readonly license: string,
  ) {}

  get terms(): CheckOutView {
    const { ttlSeconds, entitlements, encrypted } = this
    return { ttlSeconds, entitlements, encrypted }
  }

  /** Returns whether it was checked out. */
  send(): Promise<boolean> {
    return this.sending.run(async () => {
      this.seen = await this.backend.checkOut(this.license, this.terms)
    })
  }

  /** Goes back to the terms of another one. */
  again(): void {
    this.seen = null
    this.sending.clear()
  }
}
