/** Keys that the wizard brings in: pasted texts and files, each with what became of it. */
import type { Backend } from '$lib/ipc/backend'
import type { ErrorView, Imported, TokenSource } from '$lib/ipc/generated'
import { Action, failureOf } from '$lib/state/action/action.svelte'

export interface Source {
  id: number
  /** A file's path, or null for a pasted text. */
  path: string | null
  /** The form of key that a pasted text was recognised as. */
  form: string | null
  state: 'waiting' | 'importing' | 'imported' | 'known' | 'failed'
  label: string | null
  license: string | null
  error: ErrorView | null
}

export class Keys {
  sources = $state.raw<Source[]>([])
  #importing = new Action()
  /** Pasted texts that wait: they never leave this class but to be imported. */
  readonly #texts = new Map<number, string>()
  #next = 1

  constructor(private readonly backend: Backend) {}

  get importing(): boolean {
    return this.#importing.busy
  }

  get waiting(): Source[] {
    return this.sources.filter(({ state }) => state === 'waiting')
  }

  get licenses(): string[] {
    return this.sources.map(({ license }) => license).filter((license): license is string => license !== null)
  }

  get failed(): boolean {
    return this.sources.some(({ state }) => state === 'failed')
  }

  /** Whether a pasted text would be lost by closing the window. */
  get hasSecret(): boolean {
    return this.#texts.size > 0
  }

  addText(text: string, form: string | null): void {
    const plain = text.trim()
    if (plain === '' || [...this.#texts.values()].includes(plain)) return
    const id = this.#add({ path: null, form })
    this.#texts.set(id, plain)
  }

  addPaths(paths: readonly string[]): void {
    for (const path of paths) {
      const known = this.sources.find((source) => source.path === path)
      if (known?.state === 'failed') this.remove(known.id)
      else if (known) continue
      this.#add({ path, form: null })
    }
  }

  /** Where one of them is to be had, for whoever brings it in with a key. */
  sourceOf({ id, path }: Source): TokenSource {
    return path === null ? { kind: 'text', text: this.#texts.get(id) ?? '' } : { kind: 'file', path }
  }

  remove(id: number): void {
    this.sources = this.sources.filter((source) => source.id !== id)
    this.#texts.delete(id)
  }

  /** Imports what waits, one by one, so that each says for itself what became of it. */
  async import(): Promise<void> {
    await this.#importing.run(async () => {
      for (let source = this.waiting[0]; source; source = this.waiting[0]) await this.#importOne(source)
    })
  }

  /** Files that wait; what was pasted is not remembered. */
  plain(): Record<string, string> {
    const paths = this.waiting.map(({ path }) => path).filter((path): path is string => path !== null)
    return Object.fromEntries(paths.map((path, at) => [`file-${at}`, path]))
  }

  restore(fields: Partial<Record<string, string>>): void {
    const kept = Object.entries(fields).filter(([name]) => name.startsWith('file-'))
    this.addPaths(kept.map(([, path]) => path).filter((path): path is string => path !== undefined))
  }

  async #importOne({ id, path }: Source): Promise<void> {
    this.#change(id, { state: 'importing' })
    const error = await failureOf(async () => {
      const done =
        path === null
          ? await this.backend.importText(this.#texts.get(id) ?? '', null)
          : await this.#file(path)
      this.settle(id, done)
    })
    if (error !== null) this.#change(id, { state: 'failed', error })
  }

  async #file(path: string): Promise<Imported> {
    const [done] = await this.backend.importPaths([path])
    return done ?? { source: path, license: null, label: null, known: false, error: null }
  }

  /** What became of one of them. */
  settle(id: number, { license, label, known, error }: Imported): void {
    this.#change(id, { state: error ? 'failed' : known ? 'known' : 'imported', license, label, error })
    if (!error) this.#texts.delete(id)
  }

  #add(part: Pick<Source, 'path' | 'form'>): number {
    const id = this.#next++
    this.sources = [
      ...this.sources,
      { id, state: 'waiting', label: null, license: null, error: null, ...part },
    ]
    return id
  }

  #change(id: number, part: Partial<Source>): void {
    this.sources = this.sources.map((source) => (source.id === id ? { ...source, ...part } : source))
  }
}
