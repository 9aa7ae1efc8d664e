/** A license file that is about to be written: where, how, and the text that it will have. */
import type { Backend } from '../../ipc/backend'
import type {
  DetailView,
  ErrorView,
  ExportDone,
  ExportPreview,
  ExportRequest,
  OthersView,
} from '../../ipc/generated'
import { m } from '../../messages'
import { variableOf } from '../../messages/vocabulary'
import { Action } from '../action/action.svelte'
import { Consent, taken } from './consent.svelte'

/** A certificate for use offline: of its moment, so that there is nothing to keep up to date. */
export const CERTIFICATE = 'certificate'

/** What works out where a license file goes and what it will contain, and writes it. */
export type FileWriter = Pick<Backend, 'suggestedPath' | 'pickPath' | 'previewExport' | 'writeExport'>

export class ExportDraft {
  format = $state('')
  path = $state('')
  keep = $state(true)
  inPlace = $state(false)
  /** Who can read the file beside its owner; each empty where it is not asked for. */
  mode = $state('')
  group = $state('')
  readableBy = $state('')
  preview = $state.raw<ExportPreview | null>(null)
  done = $state.raw<ExportDone | null>(null)
  readonly consent = new Consent(() => taken(this.path, this.preview?.replaces))
  readonly writing = new Action()
  #picking = new Action()
  #looking = new Action()

  constructor(
    private readonly backend: FileWriter,
    private readonly license: string,
    formats: readonly string[],
    /** An instance renews its token by itself and gives it to nobody: there is hardly anything to keep up. */
    ofInstance = false,
  ) {
    this.format = formats[0] ?? ''
    this.keep = !ofInstance
  }

  get request(): ExportRequest {
    const { license, format, path, inPlace, mode, group, readableBy } = this
    const keep = this.keep && format !== CERTIFICATE
    return { license, format, path: path.trim(), inPlace, keep, mode, group, readableBy }
  }

  /** The format as a user calls it, whatever the variable's name is. */
  get usual(): string {
    return usualOf(this.format)
  }

  /** What stands in the way of writing, found without writing. */
  get problem(): ErrorView | null {
    const { error } = this.writing
    return error ?? this.#picking.error ?? this.#looking.error ?? this.preview?.problem ?? null
  }

  get busy(): boolean {
    return this.writing.busy
  }

  get previewing(): boolean {
    return this.#looking.busy
  }

  /** Whether others are to be able to read the file. */
  get shared(): boolean {
    return [this.mode, this.group, this.readableBy].some((text) => text.trim() !== '')
  }

  get ready(): boolean {
    const isKnown = this.path.trim() !== '' && !this.previewing && (this.preview?.text ?? null) !== null
    return isKnown && !this.busy && this.consent.given
  }

  /** Takes a format, with the place that is remembered for it. */
  async choose(format: string): Promise<void> {
    this.format = format
    const before = this.path
    await this.#picking.ask(
      () => this.backend.suggestedPath(this.license, format),
      (suggested) => {
        // What was typed meanwhile counts.
        if (this.path === before) this.path = suggested
      },
    )
    await this.#preview()
  }

  async browse(): Promise<void> {
    await this.#picking.ask(
      () => this.backend.pickPath(this.path),
      (picked) => (this.path = picked ?? this.path),
    )
    await this.#preview()
  }

  /** The path was typed: nothing can be written before it is known what would be. */
  typed(): void {
    this.#clear()
    this.#looking.typed(() => this.#preview())
  }

  /** Its dialog is gone: no other preview is needed. */
  leave(): void {
    this.#looking.drop()
  }

  /** Works out what would be written; an answer about an older request is dropped. */
  async look(): Promise<void> {
    this.#clear()
    await this.#preview()
  }

  /** Returns whether it was written. */
  async write(): Promise<boolean> {
    if (!this.ready) return false
    return this.writing.run(async () => {
      this.done = await this.backend.writeExport(this.request)
    })
  }

  #clear(): void {
    for (const action of [this.writing, this.#picking, this.#looking]) action.clear()
  }

  async #preview(): Promise<void> {
    this.writing.clear()
    this.#looking.clear()
    if (this.path.trim() === '') {
      this.#looking.drop()
      this.preview = null
      return
    }
    await this.#looking.ask(
      () => this.backend.previewExport(this.request),
      (preview) => (this.preview = preview),
      () => (this.preview = null),
    )
  }
}

/** Who can open a file beside this user, in words; empty where it is nobody. */
export function othersText({ owner, users, groups }: Pick<OthersView, 'owner' | 'users' | 'groups'>): string {
  const owners = owner === null ? [] : [m.exporting.owner(owner)]
  return [...owners, ...users.map(m.exporting.user), ...groups.map(m.exporting.groupOf)].join(', ')
}

/** What the button that writes says it does. */
export function submitText({ preview }: ExportDraft): string {
  if (preview?.replaces) return m.exporting.replace(preview.replaces)
  return preview?.outdated ? m.exporting.writeOutdated : m.exporting.submit
}

/** Whether a license is an instance's, which renews it by itself. */
export function isOfInstance({ facets }: DetailView): boolean {
  return facets.includes('instance-token')
}

/** The format that a user chooses: an env file with a deprecated variable is an option of the usual one. */
export const usualOf = (format: string): string => variableOf(format)?.of ?? format

/** Whether an instance reads a license from a folder's `.env`. */
export const runsFromFolder = ({ formats }: DetailView): boolean =>
  formats.some((format) => variableOf(format) !== null)

/** Whether a file can be written from a license: a format is known for it, and its vendor has it still. */
export function canBeWritten({ formats, row }: DetailView): boolean {
  return formats.length > 0 && row.status !== 'gone'
}
