/** A license that is about to be replaced by a new one, or whose replacement was interrupted. */
import { sameText } from '$lib/format/text'
import type { Backend } from '$lib/ipc/backend'
import type { DetailView, ReplacedView, VendorView } from '$lib/ipc/generated'
import { Action } from '$lib/state/action/action.svelte'
import { CreateDraft } from '$lib/state/license/create.svelte'

export class ReplaceDraft {
  /** The new license. */
  readonly order: CreateDraft
  typed = $state('')
  done = $state.raw<ReplacedView | null>(null)
  readonly sending = new Action()

  constructor(
    private readonly backend: Backend,
    private readonly old: DetailView,
    vendorOf: (account: number | null) => VendorView | undefined,
  ) {
    this.order = new CreateDraft(backend, vendorOf, old.row.label)
  }

  get ready(): boolean {
    return !this.sending.busy && this.order.ready && sameText(this.typed, this.old.confirmWith)
  }

  /** Begins at what the old license is. */
  async start(): Promise<void> {
    const { accountId, tier } = this.old.row
    await this.order.choose(accountId)
    if (tier !== null && 'type' in this.order.chosen) this.order.chosen.type = tier
  }

  /** What came of it; null where it was refused or interrupted, which the error of `sending` then explains. */
  async replace(): Promise<ReplacedView | null> {
    this.order.touched = true
    const isKnown = await this.order.look()
    const { request } = this.order
    if (!isKnown || !this.ready || request === null) return null
    return this.#settled(() => this.backend.replace(this.old.row.id, request, this.typed))
  }

  /** Goes on where it was interrupted. */
  goOn(): Promise<ReplacedView | null> {
    return this.#settled(() => this.backend.resumeReplace(this.old.row.id))
  }

  giveUp(): Promise<boolean> {
    return this.sending.run(() => this.backend.giveUpReplace(this.old.row.id))
  }

  async #settled(step: () => Promise<ReplacedView>): Promise<ReplacedView | null> {
    await this.sending.run(async () => (this.done = await step()))
    return this.done
  }
}
