/** An instance that is about to run from a compose folder: what its `.env` will hold, and what git would make of it. */
import type { Backend } from '$lib/ipc/backend'
import type { ErrorView, ExportDone, ExportPreview, RunPlanView } from '$lib/ipc/generated'
import { Action } from '$lib/state/action/action.svelte'
import { Consent, taken } from '$lib/state/files/consent.svelte'

export class RunDraft {
  folder = $state('')
  keep = $state(true)
  plan = $state.raw<RunPlanView | null>(null)
  done = $state.raw<ExportDone | null>(null)
  readonly consent = new Consent(() => taken(this.folder, this.preview?.replaces))
  readonly writing = new Action()
  #picking = new Action()
  #looking = new Action()

  constructor(
    private readonly backend: Backend,
    private readonly license: string,
  ) {}

  get busy(): boolean {
    return this.writing.busy
  }

  get previewing(): boolean {
    return this.#looking.busy
  }

  get preview(): ExportPreview | null {
    return this.plan?.preview ?? null
  }

  /** What stands in the way of writing, found without writing. */
  get problem(): ErrorView | null {
    const { error } = this.writing
    return error ?? this.#picking.error ?? this.#looking.error ?? this.preview?.problem ?? null
  }

  get ready(): boolean {
    const isKnown = this.folder.trim() !== '' && !this.previewing && (this.preview?.text ?? null) !== null
    return isKnown && !this.busy && this.consent.given
  }

  /** Begins at the folder of this license's `.env`, where it has one. */
  async start(paths: readonly string[]): Promise<void> {
    const env = paths.find((path) => /[\\/]\.env$/.test(path))
    if (env === undefined || this.folder !== '') return
    this.folder = env.slice(0, -'/.env'.length)
    await this.look()
  }

  async browse(): Promise<void> {
    const isPicked = await this.#picking.ask(
      () => this.backend.pickFolder(this.folder),
      (picked) => (this.folder = picked ?? this.folder),
    )
    if (isPicked) await this.look()
  }

  /** What is typed is looked into where the typing rests; until then nothing is known of it. */
  typed(): void {
    this.#forget()
    this.plan = null
    if (this.folder.trim() !== '') this.#looking.typed(() => this.look())
  }

  /** Looks into no more folders. */
  leave(): void {
    this.#looking.drop()
  }

  #forget(): void {
    for (const action of [this.writing, this.#picking]) action.clear()
    this.#looking.drop()
  }

  /** Works out what would be written; an answer about an older folder is dropped. */
  async look(): Promise<void> {
    this.#forget()
    const folder = this.folder.trim()
    if (folder === '') {
      this.plan = null
      return
    }
    await this.#looking.ask(
      () => this.backend.runPlan(this.license, folder),
      (plan) => (this.plan = plan),
      () => (this.plan = null),
    )
  }

  async write(): Promise<boolean> {
    if (!this.ready) return false
    return this.writing.run(async () => {
      this.done = await this.backend.runHere(this.license, this.folder.trim(), this.keep)
    })
  }
}
