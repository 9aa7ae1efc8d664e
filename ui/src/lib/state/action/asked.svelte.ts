/** What somebody is asked for: the last answer, and the request for another one. */
import type { ErrorView } from '../../ipc/generated'
import { Action } from './action.svelte'

export class Asked<View> {
  /** It stays while it is asked for again. */
  view = $state.raw<View | null>(null)
  readonly request = new Action()

  constructor(private readonly fetch: () => Promise<View>) {}

  get error(): ErrorView | null {
    return this.request.error
  }

  get loading(): boolean {
    return this.request.busy
  }

  /** Asks; an answer to an earlier request is ignored. Returns whether the answer was taken. */
  ask(): Promise<boolean> {
    return this.request.ask(
      this.fetch,
      (view) => this.answered(view),
      () => this.failed(),
    )
  }

  protected answered(view: View): void {
    this.view = view
  }

  /** The request failed. */
  protected failed(): void {}
}
