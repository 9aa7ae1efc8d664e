/** The wizard's step that writes a license file, and makes a first license where there is none. */
import { isUsable } from '$lib/format/row'
import type { Backend } from '$lib/ipc/backend'
import type { ChoiceView, DetailView, ErrorView, ExportDone, ListQuery, RowView } from '$lib/ipc/generated'
import { Action } from '$lib/state/action/action.svelte'
import { ExportDraft, isOfInstance } from '$lib/state/files/export.svelte'

const OFFERED = 100

export class LicenseFile {
  rows = $state.raw<RowView[]>([])
  total = $state(0)
  loaded = $state(false)
  search = $state('')
  detail = $state.raw<DetailView | null>(null)
  /** What is about to be written from the chosen license; null where no file format is known for it. */
  draft = $state.raw<ExportDraft | null>(null)
  /** A create that was sent and not answered. */
  unknown = $state(false)
  #account: number | null = null
  #loading = new Action()
  #working = new Action()
  #listing = new Action()

  constructor(private readonly backend: Backend) {}

  get busy(): boolean {
    return this.#working.busy
  }

  get error(): ErrorView | null {
    return this.#working.error ?? this.#loading.error ?? this.#listing.error
  }

  get license(): string | null {
    return this.detail?.row.id ?? null
  }

  get empty(): boolean {
    return this.loaded && this.total === 0 && this.search === ''
  }

  get done(): ExportDone | null {
    return this.draft?.done ?? null
  }

  /**
   * Offers an account's licenses, with one chosen where it is known which. It happens by itself, whenever the library
   * changes: it holds up nothing that a user does meanwhile, and leaves the words about that.
   */
  async load(account: number | null, license: string | null): Promise<void> {
    this.#account = account
    const loading = async () => {
      if (!(await this.again())) return
      const wanted = license ?? this.rows[0]?.id ?? null
      if (wanted !== null && wanted !== this.license && !this.busy) await this.choose(wanted)
    }
    await this.#loading.ask(loading, () => {})
  }

  /** The search was typed. */
  typed(): void {
    this.#listing.typed(() => this.again())
  }

  /** The wizard is gone: nothing that was typed is looked for any more. */
  leave(): void {
    this.#listing.drop()
    this.draft?.leave()
  }

  /** Offers what the search finds. Returns false where that was refused. */
  async again(): Promise<boolean> {
    const query: ListQuery = {
      view: 'all',
      account: this.#account,
      text: this.search,
      group: null,
      folded: [],
      sort: 'name',
      descending: false,
    }
    let isRefused = false
    await this.#listing.ask(
      () => this.backend.list(query, 0, OFFERED),
      ({ rows, total }) => {
        this.rows = [...rows.filter(isUsable), ...rows.filter((row) => !isUsable(row))]
        this.total = total
        this.loaded = true
      },
      () => (isRefused = true),
    )
    return !isRefused
  }

  async choose(license: string): Promise<void> {
    const detail = await this.backend.detail(license)
    this.detail = detail
    const { formats } = detail
    this.draft =
      formats.length > 0 ? new ExportDraft(this.backend, license, formats, isOfInstance(detail)) : null
    await this.draft?.choose(this.draft.format)
  }

  /** Starts over with the license that is chosen, for another file. */
  async another(): Promise<void> {
    const { license } = this
    if (license !== null) await this.attempt(() => this.choose(license))
  }

  /** Makes a license with the vendor's usual choices. */
  async createFirst(account: number, name: string): Promise<void> {
    await this.attempt(async () => {
      const { choices } = await this.backend.createForm(account)
      const request = { account, name: name.trim(), choices: usualChoices(choices), allowSameName: false }
      const outcome = await this.backend.create(request)
      this.unknown = outcome.kind === 'unknown'
      if (outcome.kind === 'unknown') return
      if (!(await this.again())) return
      const made = outcome.license ?? this.rows[0]?.id
      if (made !== undefined) await this.choose(made)
    })
  }

  /** Does something whose failure shows in this step. */
  async attempt(step: () => Promise<void>): Promise<void> {
    for (const action of [this.#working, this.#loading, this.#listing]) action.clear()
    await this.#working.ask(step, () => {})
  }
}

/** Every choice that the API carries and that shows, as the vendor has it by default. */
export function usualChoices(choices: readonly ChoiceView[]): Record<string, string> {
  const usual = Object.fromEntries(choices.map(({ param, default: value }) => [param, value]))
  const taken = choices.filter(
    ({ carried, shownWhen }) => carried && (shownWhen === null || usual[shownWhen.param] === shownWhen.value),
  )
  return Object.fromEntries(taken.map(({ param, default: value }) => [param, value]))
}

/** The license that ends first from today on, in the whole library. */
export async function nextToExpire(backend: Backend): Promise<RowView | null> {
  const yesterday = new Date(Date.now() - 86_400_000)
  const day = [yesterday.getFullYear(), yesterday.getMonth() + 1, yesterday.getDate()]
  const text = `expires-after:${day.map((part) => String(part).padStart(2, '0')).join('-')}`
  const query: ListQuery = {
    view: 'all',
    account: null,
    text,
    group: null,
    folded: [],
    sort: 'expiry',
    descending: false,
  }
  const { rows } = await backend.list(query, 0, 20)
  return rows.find(({ expiry }) => expiry?.kind === 'on' && expiry.days >= 0) ?? null
}
