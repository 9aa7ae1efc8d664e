/** A license that is made on its vendor's own page, while the account is watched for it. */
import type { Backend } from '../../ipc/backend'
import type { VendorPageView, ErrorView } from '../../ipc/generated'
import { failureOf } from '../action/action.svelte'

export type Stage = 'starting' | 'watching' | 'arrived' | 'over' | 'failed'

export class VendorPage {
  stage = $state<Stage>('starting')
  view = $state.raw<VendorPageView | null>(null)
  error = $state.raw<ErrorView | null>(null)
  license = $state.raw<string | null>(null)
  #account: number | null = null

  constructor(private readonly backend: Backend) {}

  /** Opens the vendor's page and begins to watch. */
  async start(account: number): Promise<void> {
    this.#account = account
    this.stage = 'starting'
    this.error = null
    this.license = null
    const failure = await failureOf(async () => {
      this.view = await this.backend.finishOnVendorPage(account)
      // The dialog may have been left meanwhile: then nobody waits.
      if (this.#account !== account) await this.backend.stopWatching(account)
      // It may be here by then.
      else if (this.stage === 'starting') this.stage = 'watching'
    })
    if (failure === null || this.#account !== account) return
    this.error = failure
    this.stage = 'failed'
  }

  /** What the program tells when a license is here, none came in time, or waiting on is no use. */
  arrived(account: number, license: string | null, problem: ErrorView | null): void {
    if (account !== this.#account) return
    this.license = license
    this.error = problem
    this.stage = problem !== null ? 'failed' : license === null ? 'over' : 'arrived'
  }

  /** Stops watching, where it still watches. */
  async leave(): Promise<void> {
    const account = this.#account
    this.#account = null
    if (account !== null && this.stage === 'watching') await this.backend.stopWatching(account)
  }
}
