/** The wizard's step that writes a license file, and makes a first license where there is none. */
import type { Backend } from '../ipc/backend'
import type {
  ChoiceView,
  DetailView,
  ErrorView,
  ExportDone,
  ExportPreview,
  ExportRequest,
  ListQuery,
  RowView,
} from '../ipc/generated'
import { asErrorView } from '../messages/errors'

const OFFERED = 100
const LOOK_AFTER_MS = 120

export class LicenseFile {
  rows = $state.raw<RowView[]>([])
  total = $state(0)
  loaded = $state(false)
  search = $state('')
  detail = $state.raw<DetailView | null>(null)
  format = $state('')
  path = $state('')
  inPlace = $state(false)
  keep = $state(true)
  preview = $state.raw<ExportPreview | null>(null)
  busy = $state(false)
  error = $state.raw<ErrorView | null>(null)
  /** A create that was sent and not answered. */
  unknown = $state(false)
  done = $state.raw<ExportDone | null>(null)
  #account: number | null = null
  #asked = 0
  #looking: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly backend: Backend) {}

  get license(): string | null {
    return this.detail?.row.id ?? null
  }

  get empty(): boolean {
    return this.loaded && this.total === 0 && this.search === ''
  }

  /** Offers an account's licenses, with one chosen where it is known which. */
  async load(account: number | null, license: string | null): Promise<void> {
    this.#account = account
    await this.attempt(async () => {
      await this.again()
      const chosen = this.rows.find(({ id }) => id === license) ?? this.rows[0]
      const wanted = license ?? chosen?.id ?? null
      if (wanted !== null && wanted !== this.license) await this.choose(wanted)
    })
  }

  async again(): Promise<void> {
    const query: ListQuery = {
      view: 'all',
      account: this.#account,
      text: this.search,
      sort: 'name',
      descending: false,
    }
    const asked = ++this.#asked
    const { rows, total } = await this.backend.list(query, 0, OFFERED)
    if (asked !== this.#asked) return
    this.rows = rows
    this.total = total
    this.loaded = true
  }

  async choose(license: string): Promise<void> {
    this.detail = await this.backend.detail(license)
    this.#account ??= this.detail.row.accountId
    this.done = null
    this.error = null
    await this.as(this.detail.formats[0] ?? '')
  }

  /** Another format, at the place that is usual for it. */
  async as(format: string): Promise<void> {
    this.format = format
    if (this.license === null || format === '') return
    this.path = await this.backend.suggestedPath(this.license, format)
    await this.lookAhead()
  }

  async browse(): Promise<void> {
    const picked = await this.backend.pickPath(this.path)
    if (picked === null) return
    this.path = picked
    await this.lookAhead()
  }

  /** The path is being typed: the preview follows a moment later. */
  typed(): void {
    clearTimeout(this.#looking)
    this.#looking = setTimeout(() => void this.attempt(() => this.lookAhead()), LOOK_AFTER_MS)
  }

  async lookAhead(): Promise<void> {
    const request = this.#request()
    if (request === null) return
    const preview = await this.backend.previewExport(request)
    if (request.path === this.path.trim() && request.format === this.format) this.preview = preview
  }

  async write(): Promise<ExportDone | null> {
    const request = this.#request()
    if (request === null) return null
    let done: ExportDone | null = null
    await this.attempt(async () => {
      done = await this.backend.writeExport(request)
      this.done = done
    })
    return done
  }

  /** Makes a license with the vendor's usual choices. */
  async createFirst(account: number, name: string): Promise<void> {
    await this.attempt(async () => {
      const { choices } = await this.backend.createForm(account)
      const request = { account, name: name.trim(), choices: usualChoices(choices), allowSameName: false }
      const outcome = await this.backend.create(request)
      if (outcome.kind === 'unknown') {
        this.unknown = true
        throw outcome.error
      }
      this.unknown = false
      await this.again()
      const made = outcome.license ?? this.rows[0]?.id
      if (made !== undefined) await this.choose(made)
    })
  }

  /** Does something whose failure shows in this step. */
  async attempt(step: () => Promise<void>): Promise<void> {
    this.busy = true
    this.error = null
    try {
      await step()
    } catch (thrown) {
      this.error = asErrorView(thrown)
    } finally {
      this.busy = false
    }
  }

  #request(): ExportRequest | null {
    const path = this.path.trim()
    if (this.license === null || path === '' || this.format === '') return null
    const { license, format, inPlace, keep } = this
    return { license, format, path, inPlace, keep }
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
  const query: ListQuery = { view: 'all', account: null, text, sort: 'expiry', descending: false }
  const { rows } = await backend.list(query, 0, 20)
  return rows.find(({ expiry }) => expiry?.kind === 'on' && expiry.days >= 0) ?? null
}
