/** A certificate that is about to be checked out: for how long, with what, and what came of it. */
import type { Backend } from '../../ipc/backend'
import type { CertificateView, CheckOutView, ErrorView } from '../../ipc/generated'
import { asErrorView } from '../../messages/errors'

export class CheckOut {
  ttlSeconds = $state<number | null>(null)
  entitlements = $state(true)
  /** A certificate that is readable by anyone has the license key in it. */
  encrypted = $state(true)
  busy = $state(false)
  error = $state.raw<ErrorView | null>(null)
  /** What was checked out, as long as it is what would be written. */
  seen = $state.raw<CertificateView | null>(null)

  constructor(
    private readonly backend: Backend,
    private readonly license: string,
  ) {}

  get terms(): CheckOutView {
    const { ttlSeconds, entitlements, encrypted } = this
    return { ttlSeconds, entitlements, encrypted }
  }

  async send(): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.error = null
    try {
      this.seen = await this.backend.checkOut(this.license, this.terms)
    } catch (thrown) {
      this.error = asErrorView(thrown)
    } finally {
      this.busy = false
    }
    return this.seen !== null
  }

  /** Goes back to the terms of another one. */
  again(): void {
    this.seen = null
    this.error = null
  }
}
