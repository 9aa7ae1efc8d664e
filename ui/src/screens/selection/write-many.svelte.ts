/** Writing the license files of the selected licenses: what it would do, how far it is, and what came of each. */
import type { Backend } from '$lib/ipc/backend'
import type { UnfinishedWriteView, WriteAllRequest, WritePlanView, WritingView } from '$lib/ipc'
import type { Action } from '$lib/state/action/action.svelte'

export class WriteMany {
  folder = $state('')
  /** Empty for the usual format of each license. */
  format = $state('')
  keep = $state(true)
  plan = $state.raw<WritePlanView | null>(null)
  results = $state.raw<WritingView[] | null>(null)

  constructor(
    private readonly backend: Backend,
    private readonly licenses: string[],
    readonly looking: Action,
    private readonly request: Action,
    before: UnfinishedWriteView | null = null,
  ) {
    if (before === null) return
    this.folder = before.folder
    this.format = before.format ?? ''
    this.keep = before.keep
  }

  get ready(): boolean {
    return this.plan !== null && this.plan.files.length > 0 && !this.looking.busy
  }

  readonly replaced = $derived(this.plan?.files.filter(({ exists }) => exists).length ?? 0)
  readonly failed = $derived(this.results?.filter(({ outcome }) => outcome.kind === 'failed') ?? [])
  readonly done = $derived(this.results?.filter(({ outcome }) => outcome.kind === 'done').length ?? 0)
  readonly notStarted = $derived(
    this.results?.filter(({ outcome }) => outcome.kind === 'not-started').length ?? 0,
  )

  async open(): Promise<void> {
    if (this.folder === '') {
      await this.looking.ask(
        () => this.backend.suggestedFolder(this.licenses),
        // What was typed before it came counts.
        (folder) => (this.folder ||= folder),
      )
    }
    await this.look()
  }

  async browse(): Promise<void> {
    await this.looking.ask(
      () => this.backend.pickFolder(this.folder),
      (picked) => (this.folder = picked ?? this.folder),
    )
    await this.look()
  }

  /** The folder is being typed: nothing can be written before it is known what would be. */
  typed(): void {
    this.request.clear()
    this.looking.typed(() => this.look())
  }

  /** Works out which files would be written. */
  async look(): Promise<void> {
    this.request.clear()
    if (this.folder.trim() === '') {
      this.looking.drop()
      this.plan = null
      return
    }
    await this.looking.ask(
      () => this.backend.writePlan(this.#request),
      (plan) => (this.plan = plan),
      () => (this.plan = null),
    )
  }

  /** Writes them; whether it came to its end. */
  async start(): Promise<boolean> {
    return this.request.run(async () => {
      this.results = await this.backend.writeAll(this.#request)
    })
  }

  get #request(): WriteAllRequest {
    const { licenses, folder, format, keep } = this
    return { licenses, folder: folder.trim(), format: format === '' ? null : format, keep }
  }
}
