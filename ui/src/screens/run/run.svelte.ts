/** An instance that is about to run from a compose folder: what its `.env` will hold, and what git would make of it. */
import type { Backend } from '$lib/ipc/backend'
import type { ErrorView, ExportDone, ExportPreview, RunPlanView } from '$lib/ipc/generated'
import { asErrorView } from '$lib/messages/errors'
import { Consent, taken } from '$lib/state/files/consent.svelte'

/** For how long typing rests before its folder is looked into. */
const REST_MS = 300

export class RunDraft {
  folder = $state('')
  keep = $state(true)
  plan = $state.raw<RunPlanView | null>(null)
  previewing = $state(false)
  busy = $state(false)
  error = $state.raw<ErrorView | null>(null)
  done = $state.raw<ExportDone | null>(null)
  readonly consent = new Consent(() => taken(this.folder, this.preview?.replaces))
  #turn = 0
  #resting: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly backend: Backend,
    private readonly license: string,
  ) {}

  get preview(): ExportPreview | null {
    return this.plan?.preview ?? null
  }

  /** What stands in the way of writing, found without writing. */
  get problem(): ErrorView | null {
    return this.error ?? this.preview?.problem ?? null
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
    try {
      const picked = await this.backend.pickFolder(this.folder)
      if (picked !== null) this.folder = picked
    } catch (thrown) {
      this.error = asErrorView(thrown)
      return
    }
    await this.look()
  }

  /** What is typed is looked into where the typing rests; until then nothing is known of it. */
  typed(): void {
    this.#turn++
    this.plan = null
    this.error = null
    this.previewing = this.folder.trim() !== ''
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => void this.look(), REST_MS)
  }

  /** Looks into no more folders. */
  leave(): void {
    clearTimeout(this.#resting)
  }

  /** Works out what would be written; an answer about an older folder is dropped. */
  async look(): Promise<void> {
    clearTimeout(this.#resting)
    const turn = ++this.#turn
    this.error = null
    const folder = this.folder.trim()
    if (folder === '') {
      this.plan = null
      this.previewing = false
      return
    }
    this.previewing = true
    try {
      const plan = await this.backend.runPlan(this.license, folder)
      if (turn === this.#turn) this.plan = plan
    } catch (thrown) {
      if (turn !== this.#turn) return
      this.plan = null
      this.error = asErrorView(thrown)
    } finally {
      if (turn === this.#turn) this.previewing = false
    }
  }

  async write(): Promise<boolean> {
    if (!this.ready) return false
    this.busy = true
    this.error = null
    try {
      this.done = await this.backend.runHere(this.license, this.folder.trim(), this.keep)
    } catch (thrown) {
      this.error = asErrorView(thrown)
    }
    this.busy = false
    return this.done !== null
  }
}
