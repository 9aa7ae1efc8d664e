/** Deleting the selected licenses: what it would do, how far it is, and what came of each. */
import type { Backend } from '$lib/ipc/backend'
import type { DeletePlanView, DeletionView } from '$lib/ipc'
import type { Action } from '$lib/state/action/action.svelte'

export class DeleteMany {
  plan = $state.raw<DeletePlanView | null>(null)
  results = $state.raw<DeletionView[] | null>(null)

  constructor(
    private readonly backend: Backend,
    private readonly licenses: string[],
    readonly looking: Action,
    private readonly request: Action,
  ) {}

  readonly done = $derived(this.#of('done'))
  readonly failed = $derived(
    this.results?.filter(({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'unknown') ?? [],
  )
  readonly notStarted = $derived(this.#of('not-started'))

  async look(): Promise<void> {
    await this.looking.ask(
      () => this.backend.deletePlan(this.licenses),
      (plan) => (this.plan = plan),
    )
  }

  /** Deletes them; whether it came to its end. */
  async start(typed: string): Promise<boolean> {
    return this.request.run(async () => {
      this.results = await this.backend.deleteAll(this.licenses, typed)
    })
  }

  #of(kind: DeletionView['outcome']['kind']): number {
    return this.results?.filter(({ outcome }) => outcome.kind === kind).length ?? 0
  }
}
