/** A pasted key that is added and written in one go: what it would become, and its license file. */
import type { Backend } from '$lib/ipc/backend'
import type { ErrorView, ImportPlan, Imported } from '$lib/ipc/generated'
import { Action } from '$lib/state/action/action.svelte'
import { ExportDraft, type FileWriter } from '$lib/state/files/export.svelte'

/** Stands for the license in a request as long as there is none. */
const NEW = 'L0'

export class PastedKey {
  plan = $state.raw<ImportPlan | null>(null)
  /** What the user calls it; empty where that is left to Licet. */
  name = $state('')
  draft = $state.raw<ExportDraft | null>(null)
  /** Whether it is known where its file would be. */
  ready = $state(false)
  /** What it became. */
  added = $state.raw<Imported | null>(null)
  /** A secret: it goes nowhere but to be looked at and added. */
  #text = $state('')
  #planned: Promise<void> = Promise.resolve()
  #suggested = ''
  #planning = new Action()

  constructor(private readonly backend: Backend) {}

  get error(): ErrorView | null {
    return this.#planning.error
  }

  /** Whether a text waits to be added. */
  get waits(): boolean {
    return this.#text !== '' && this.added === null
  }

  /** Whether it is still to be added or written. */
  get pending(): boolean {
    return this.#text !== '' && this.draft !== null
  }

  get license(): string | null {
    return this.added?.license ?? null
  }

  /** What its name will be. */
  get label(): string {
    return this.added?.label ?? (this.name.trim() || (this.plan?.name ?? ''))
  }

  /** Works out what a text becomes; the same text again is worked out once. */
  take(text: string): Promise<void> {
    const plain = text.trim()
    if (plain !== this.#text) {
      this.drop()
      this.#text = plain
      this.#planned = this.#plan(plain)
    }
    return this.#planned
  }

  /** Forgets the text. */
  drop(): void {
    this.#planning.drop()
    this.draft?.leave()
    this.#text = ''
    this.plan = null
    this.draft = null
    this.ready = false
    this.added = null
  }

  /** The name was typed to its end: a place that has the name in it follows, unless another was chosen. */
  async named(): Promise<void> {
    const { draft } = this
    if (draft === null || draft.path !== this.#suggested) return
    await this.#choose(draft)
  }

  /** Adds the key and writes its file. Returns false if the file was not written, and its form says why. */
  async write(): Promise<boolean> {
    const { draft } = this
    if (draft === null) return false
    if (this.added === null) {
      this.added = await this.backend.importText(this.#text, this.#name)
    }
    const isWritten = await draft.write()
    if (isWritten) this.#text = ''
    return isWritten
  }

  get #name(): string | null {
    return this.name.trim() || null
  }

  async #plan(text: string): Promise<void> {
    await this.#planning.ask(
      () => this.backend.planImport(text),
      (plan) => (this.plan = plan),
    )
    const { plan } = this
    if (plan === null || text !== this.#text || plan.formats.length === 0) return
    const draft = new ExportDraft(this.#writer(text), plan.license ?? NEW, plan.formats)
    this.draft = draft
    await this.#choose(draft)
    if (this.draft === draft) this.ready = true
  }

  async #choose(draft: ExportDraft): Promise<void> {
    await draft.choose(draft.format)
    this.#suggested = draft.path
  }

  /** Looks at the text as long as there is no license, and writes from the license that it became. */
  #writer(text: string): FileWriter {
    const { backend } = this
    return {
      suggestedPath: (license, format) =>
        this.license === null
          ? backend.suggestedImportPath(text, this.#name, format)
          : backend.suggestedPath(license, format),
      previewExport: (request) =>
        this.license === null
          ? backend.previewImport(text, this.#name, request)
          : backend.previewExport({ ...request, license: this.license }),
      pickPath: (path) => backend.pickPath(path),
      writeExport: (request) => backend.writeExport({ ...request, license: this.license ?? request.license }),
    }
  }
}
