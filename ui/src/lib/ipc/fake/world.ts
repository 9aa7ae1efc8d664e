/** What the double remembers. */
import type { Backend } from '../backend'
import type {
  BackupView,
  DetailView,
  ErrorView,
  Event,
  FactView,
  FileView,
  ReplacingView,
  RowView,
  SettingsView,
} from '../generated'
import { fileOf } from './detail'
import type { Scenario } from './scenarios'

export const SYSTEM_KEY = '5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3'

/** What the double remembers; tests look into it. */
export class World {
  settings: SettingsView
  /** What the vendor reports of each license beside the rest; null for the usual. */
  limits: FactView[] | null = null
  readonly files = new Map<string, FileView[]>()
  /** Backups of license files, the oldest of each file first. */
  backups: BackupView[] = []
  /** Why a backup can be restored only into the existing file. */
  onlyInPlace: ErrorView | null = null
  readonly calls: [method: string, ...args: unknown[]][] = []
  readonly clipboard: string[] = []
  /** Licenses whose key was fetched again. */
  readonly fresh = new Set<string>()
  /** Licenses of which a certificate was checked out. */
  readonly checkedOut = new Set<string>()
  /** Replacements that were interrupted, by the license that goes. */
  readonly replacing = new Map<string, ReplacingView>()
  /** Methods that are held back. */
  readonly held = new Map<string, Promise<void>>()
  /** Methods whose answers are held back. */
  readonly late = new Map<string, Promise<void>>()
  /** Events that are held back; null while none is. */
  #pending: Event[] | null = null
  #heard: ((event: Event) => void)[] = []

  constructor(readonly scene: Scenario) {
    this.settings = {
      appearance: scene.appearance,
      density: 'comfortable',
      launcherFile: '/home/ada/.aica-license.toml',
      coreAddress: null,
      issuerKeys: [],
      expiresSoonDays: 30,
      columns: [],
    }
    for (const one of scene.rows) if (one.files !== 'none') this.files.set(one.id, fileOf(one))
    this.count()
  }

  /** The details as the scenario has them: of some licenses the kept key is older than what the vendor sent. */
  seen(detail: DetailView): DetailView {
    const { id } = detail.row
    detail.fetchProblem = this.fresh.has(id) ? null : this.scene.fetchProblem
    detail.limits = this.limits ?? detail.limits
    detail.replacing = this.replacing.get(id) ?? null
    detail.key.stale = this.scene.staleKeys.includes(id) && !this.fresh.has(id)
    return detail
  }

  /** A replacement is under way, for its license and its account. */
  replace(replacing: ReplacingView): void {
    this.replacing.set(replacing.old, replacing)
    this.#ofAccount(replacing.old)?.replacing.push(replacing)
  }

  /** It is done or given up; whether it was under way. */
  replaced(old: string): boolean {
    const account = this.#ofAccount(old)
    if (account) account.replacing = account.replacing.filter((one) => one.old !== old)
    return this.replacing.delete(old)
  }

  #ofAccount(license: string) {
    const row = this.scene.rows.find(({ id }) => id === license)
    return this.scene.accounts.find(({ id }) => id === row?.accountId)
  }

  /** Holds back a method until the returned function is called. */
  hold(method: keyof Backend): () => void {
    return heldIn(this.held, method)
  }

  /** Holds back a method's answer, not its effects, until the returned function is called. */
  holdAnswer(method: keyof Backend): () => void {
    return heldIn(this.late, method)
  }

  /** Holds back events until the returned function is called. */
  holdEvents(): () => void {
    this.#pending = []
    return () => {
      const pending = this.#pending ?? []
      this.#pending = null
      for (const event of pending) this.tell(event)
    }
  }

  count(): void {
    for (const one of this.scene.accounts) {
      one.licenses = this.scene.rows.filter(({ accountId }) => accountId === one.id).length
    }
  }

  tell(event: Event): void {
    if (this.#pending) this.#pending.push(event)
    else for (const heard of this.#heard) heard(event)
  }

  changed(): void {
    this.count()
    this.tell({ kind: 'library-changed' })
  }

  hear(heard: (event: Event) => void): () => void {
    this.#heard.push(heard)
    return () => {
      this.#heard = this.#heard.filter((one) => one !== heard)
    }
  }

  row(license: string): RowView {
    const found = this.scene.rows.find(({ id }) => id === license)
    if (!found) throw refusal('license-not-found')
    return found
  }
}

function heldIn(waiting: Map<string, Promise<void>>, method: string): () => void {
  let go = (): void => {}
  waiting.set(method, new Promise((resolve) => (go = resolve)))
  return () => {
    waiting.delete(method)
    go()
  }
}

export const refusal = (
  code: string,
  args: Record<string, string> = {},
  detail: string | null = null,
): ErrorView => ({
  code,
  args,
  detail,
})
