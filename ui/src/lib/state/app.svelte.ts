/** The whole window's state: one small class an area, and what the program behind it tells unasked. */
import { getContext, setContext } from 'svelte'
import type { Backend } from '../ipc/backend'
import type { ErrorView, Event, Imported, SetupDraft } from '../ipc/generated'
import { m, explain } from '../messages'
import { asErrorView } from '../messages/errors'
import { failureOf } from './action/action.svelte'
import { Accounts } from './accounts.svelte'
import { Attention } from './attention.svelte'
import { VendorPage } from './license/vendor-page.svelte'
import { Files } from './files/files.svelte'
import { Detail } from './license/detail.svelte'
import { Dialogs } from './window/dialogs.svelte'
import { Folds } from './window/folds.svelte'
import { ContextMenu } from './window/menu.svelte'
import { Panes } from './window/panes.svelte'
import { Instances, type Instance } from './instance.svelte'
import { FIRST_QUERY, LicenseList } from './list/list.svelte'
import { Selection } from './list/selection.svelte'
import { Settings } from './settings.svelte'
import { Toasts } from './window/toasts.svelte'
import { Vault } from './secrets/vault.svelte'

export type Screen = 'main' | 'setup' | 'settings' | 'activity' | 'storage'

export class App {
  screen = $state<Screen>('main')
  phase = $state<'opening' | 'ready' | 'failed'>('opening')
  failure = $state.raw<ErrorView | null>(null)
  version = $state('')
  /** Why nothing can be changed, such as on a read-only file system. */
  readOnly = $state.raw<ErrorView | null>(null)
  draft = $state.raw<SetupDraft | null>(null)
  /** Files dropped on the window while the wizard or the dialog for a token is open, which take them. */
  givenPaths = $state.raw<string[]>([])
  /** Counts up with everything that changes the library, for screens that ask again. */
  revision = $state(0)
  /** How many of the selected licenses an action has ended with. */
  selectionDone = $state(0)
  readonly accounts: Accounts
  readonly attention: Attention
  readonly vendorPage: VendorPage
  readonly detail: Detail
  readonly files: Files
  readonly dialogs = new Dialogs()
  readonly folds = new Folds()
  readonly instances: Instances
  readonly list: LicenseList
  readonly menu = new ContextMenu()
  readonly panes = new Panes()
  readonly selection = new Selection()
  readonly settings: Settings
  readonly toasts = new Toasts()
  readonly vault: Vault
  #stale = false
  #reloading: Promise<void> | null = null
  /** What was told while the first paint was on its way: that may know less. */
  #early: Event[] = []

  constructor(readonly backend: Backend) {
    this.accounts = new Accounts(backend)
    this.attention = new Attention(backend)
    this.vendorPage = new VendorPage(backend)
    this.detail = new Detail(backend)
    this.files = new Files(backend)
    this.instances = new Instances(backend)
    this.list = new LicenseList(backend)
    this.settings = new Settings(backend, () => this.accounts.having)
    this.vault = new Vault(backend)
  }

  /** Listens, and asks for the first paint; what it returns ends the listening. */
  start(): () => void {
    const listening = this.backend.listen((event) => void this.hear(event))
    // Asked once it is listened: what is told in between would be lost.
    listening.then(
      () => this.open(),
      (thrown: unknown) => this.#fail(thrown),
    )
    return () => void listening.then((stop) => stop())
  }

  async open(): Promise<void> {
    this.phase = 'opening'
    const failure = await failureOf(async () => {
      const opening = await this.backend.opening(FIRST_QUERY)
      this.version = opening.version
      this.readOnly = opening.readOnly
      this.accounts.start(opening)
      this.settings.start(opening.settings, opening.settingsProblems)
      this.vault.changed(opening.vault)
      this.list.start(FIRST_QUERY, opening.list)
      this.draft = opening.setup
      this.screen = opening.setup ? 'setup' : 'main'
      this.phase = 'ready'
      if (opening.givenPaths.length > 0) void this.takePaths(opening.givenPaths)
      for (const event of this.#early.splice(0)) void this.hear(event)
    })
    if (failure !== null) this.#fail(failure)
  }

  async hear(event: Event): Promise<void> {
    if (this.phase === 'opening') {
      this.#early.push(event)
      return
    }
    switch (event.kind) {
      case 'library-changed':
        await this.reload()
        break
      case 'files-changed':
        if (event.licenses.includes(this.detail.license ?? '')) await this.detail.again()
        await Promise.all([this.list.again(), this.attention.again(), this.#filesAgain()])
        break
      case 'settings-changed':
        this.settings.changed(event.settings, event.problems)
        await this.reload()
        break
      case 'vault-changed':
        this.vault.changed(event.vault)
        await this.detail.again()
        break
      case 'account-changed':
        this.accounts.changed(event.account)
        if (event.account.state.kind !== 'refreshing') await this.attention.again()
        // What came of asking about one of its licenses is told with the license.
        if (event.account.state.kind !== 'refreshing' && this.detail.view?.row.accountId === event.account.id)
          await this.detail.again()
        break
      case 'settled':
        this.#sayTold(event.verb, event.label, event.done)
        break
      case 'arrived': {
        const unchanged = this.selection.unchanged()
        await this.reload()
        // Told before it is selected, which may fail: it is here all the same.
        this.vendorPage.arrived(event.account, event.license, event.problem)
        await this.attempt(async () => event.license && this.select(event.license, unchanged))
        break
      }
      case 'selection-progress':
        this.selectionDone = event.done
        break
      case 'clipboard-cleared':
        this.toasts.say(m.common.clipboardCleared)
        break
      case 'paths-given':
        await this.takePaths(event.paths)
        break
    }
  }

  /** Asks again for everything that is shown; what changes meanwhile is asked for once more, not each time. */
  async reload(): Promise<void> {
    this.#stale = true
    this.#reloading ??= this.#reloadWhileStale().finally(() => (this.#reloading = null))
    await this.#reloading
  }

  /**
   * Selects one license and shows it, wherever it is in the list, unless another was chosen meanwhile. A caller that
   * waits before it gets here says since when that counts.
   */
  async select(license: string, isWanted = this.selection.unchanged()): Promise<void> {
    if (!isWanted()) return
    let place = await this.backend.place(this.list.query, license)
    if (place === null) {
      await this.list.unfold()
      place = await this.backend.place(this.list.query, license)
    }
    if (place === null) {
      await this.list.ask({ view: 'all', account: null, text: '' })
      place = await this.backend.place(this.list.query, license)
    }
    if (place === null || !isWanted()) return
    this.selection.choose(license, place)
    await this.detail.show(license)
  }

  /**
   * Selects the result of an action. After its dialog was left only where nothing is selected: what the user looks at
   * stays. The earlier selection may already be gone, if the library's event came before the answer.
   */
  async selectOutcome(
    license: string,
    isOpen: boolean,
    unchanged = this.selection.unchanged(),
  ): Promise<void> {
    await this.select(license, () => unchanged() && (isOpen || this.selection.size === 0))
    if (isOpen && this.selection.only === license) this.panes.focus('list')
  }

  /** After licenses went, the row that is in their place is selected, so that the keyboard goes on from there. */
  async selectNext(place: number | null): Promise<void> {
    this.selection.clear()
    const isWanted = this.selection.unchanged()
    await this.reload()
    const last = this.list.total - 1
    if (place === null || last < 0) return
    const index = Math.min(place, last)
    const row = await this.list.rowAt(index)
    if (!row || !isWanted()) return
    this.selection.choose(row.id, index)
    this.panes.focus('list', true)
  }

  /** Where a new license is created unless the user chooses: with the selected license, else in the account that is shown. */
  get accountForNew(): number | null {
    const { only } = this.selection
    const row = only === null ? undefined : this.list.find(only)
    return row?.accountId ?? this.list.query.account
  }

  /** Fetches the licenses of every account that a selected one is from. */
  async refreshSelected(): Promise<void> {
    await this.attempt(async () => {
      const rows = await this.backend.rows([...this.selection.ids])
      const connected = new Set(this.accounts.connected.map(({ id }) => id))
      const accounts = new Set(rows.map(({ accountId }) => accountId).filter((id) => connected.has(id)))
      await Promise.all([...accounts].map((account) => this.refresh(account)))
    })
  }

  async copySelectedNames(): Promise<void> {
    await this.attempt(async () => {
      const rows = await this.backend.rows([...this.selection.ids])
      await this.copyText(rows.map(({ label }) => label).join('\n'))
    })
  }

  /**
   * Fetches licenses again. Where an account's banner tells why that failed, nothing else does; and whoever stopped it
   * knows.
   */
  async refresh(account: number | null): Promise<void> {
    const error = await failureOf(() => this.backend.refresh(account))
    if (error === null) return
    await this.attempt(() => this.accounts.again())
    if (error.code === 'cancelled' || this.accounts.tells(error, this.list.query.account)) return
    this.sayError(error)
  }

  /** The keyboard's row keeps its place in the list, and nothing that the list does not show stays selected. */
  async followSelection(): Promise<void> {
    const { active } = this.selection
    const { query } = this.list
    if (active === null) return
    const place = await this.backend.place(query, active.id)
    // By then another row may be active, or other rows asked for.
    if (this.selection.active?.id === active.id && this.list.query === query) this.selection.moved(place)
  }

  /** Imports files, or hands them to the wizard or the dialog for a token that is open. */
  async takePaths(paths: string[]): Promise<void> {
    if (this.screen === 'setup' || this.dialogs.open?.kind === 'apply-token') {
      this.givenPaths = [...this.givenPaths, ...paths]
      return
    }
    await this.attempt(async () => this.announce(await this.backend.importPaths(paths)))
  }

  async startSetup(): Promise<void> {
    await this.attempt(async () => {
      this.draft = await this.backend.startSetup()
      this.screen = 'setup'
    })
  }

  /**
   * Takes the removal of an instance's token back. Where something is wrong with that token, or the instance refuses it, a dialog shows it.
   * The outcome is a message where the detail pane does not show it.
   */
  async undoRemoval(account: number): Promise<void> {
    const instance = this.instances.of(account)
    const passes = (await instance.lookAtEarlier()) && instance.earlier?.passes
    const isDone = passes && (await instance.restore(false))
    if (!isDone) this.dialogs.show({ kind: 'restore-token', account })
    else if (this.detail.view?.row.accountId !== account)
      this.#sayTokenSent(instance, m.instance.doneRestored)
  }

  /** Says what came of a token whose dialog was closed while it was applied. */
  sayTokenApplied(instance: Instance, isDone: boolean): void {
    const refusal = instance.refused('apply')
    if (refusal !== null) this.sayError(refusal)
    else if (isDone) this.#sayTokenSent(instance, m.instance.doneApply)
    instance.leave()
  }

  #sayTokenSent(instance: Instance, done: string): void {
    if (instance.contradicts) this.toasts.say(m.instance.butNotValid(done), 'bad')
    else this.toasts.say(done, 'good')
  }

  /** Says that an instance has no token any more, with the way back where there is one. */
  sayTokenRemoved(account: number): void {
    const { view } = this.instances.of(account)
    if (view?.canRestore) this.toasts.done(m.instance.doneRemove, () => void this.undoRemoval(account))
    else this.toasts.say(m.instance.doneRemove)
  }

  /** Puts the key of the license that is shown on the clipboard. */
  async copyKey(): Promise<void> {
    await this.attempt(async () => this.toasts.say(m.common.keyCopied(await this.detail.copy())))
  }

  async copyText(text: string): Promise<void> {
    await this.attempt(async () => {
      await this.backend.copyText(text)
      this.toasts.say(m.common.textCopied)
    })
  }

  /** Does something whose failure is a toast. */
  async attempt(step: () => Promise<unknown>): Promise<boolean> {
    const error = await failureOf(step)
    if (error !== null) this.sayError(error)
    return error === null
  }

  sayError(error: ErrorView): void {
    const { message, hint } = explain(error)
    this.toasts.say(hint ? `${message} ${hint}` : message, 'bad')
  }

  #fail(thrown: unknown): void {
    this.failure = asErrorView(thrown)
    this.phase = 'failed'
  }

  /** The table of files is read again while it is shown. */
  async #filesAgain(): Promise<void> {
    if (this.panes.middle === 'files') await this.files.again()
  }

  async #reloadWhileStale(): Promise<void> {
    while (this.#stale) {
      this.#stale = false
      this.revision++
      await this.attempt(async () => {
        await Promise.all([
          this.list.again(),
          this.accounts.again(),
          this.detail.again(),
          this.attention.again(),
          this.#filesAgain(),
        ])
        await this.followSelection()
      })
    }
  }

  /** Tells what importing came to, and shows it. A certificate that cannot be read by itself is asked about. */
  async announce(imported: Imported[], isOpen = true): Promise<void> {
    const unread = imported.find(({ error }) => error !== null && needsKey(error))
    if (unread?.error) {
      const source = { kind: 'file', path: unread.source } as const
      this.dialogs.show({ kind: 'certificate', source, why: unread.error })
    }
    const fresh = imported.filter((one) => one.license !== null && !one.known)
    for (const { source, error } of imported) {
      if (error && !needsKey(error))
        this.toasts.say(m.common.importFailed(source, explain(error).message), 'bad')
    }
    const known = imported.find((one) => one.known)
    if (fresh.length > 0) this.toasts.say(m.common.importDone(fresh.length), 'good')
    else if (known) this.toasts.say(m.common.importKnown(known.label ?? known.source))
    const unchanged = this.selection.unchanged()
    const first = fresh[0]?.license ?? known?.license
    if (first) await this.selectOutcome(first, isOpen, unchanged)
  }

  #sayTold(verb: string, label: string, done: boolean): void {
    this.toasts.say(done ? m.common.settledDone(verb, label) : m.common.settledNot(verb, label))
  }
}

/** Whether a certificate may be read once a key is given with it. */
export const needsKey = ({ code }: ErrorView): boolean =>
  ['certificate-needs-key', 'certificate-other-license', 'certificate-not-genuine'].includes(code)

const KEY = Symbol('app')

export const provideApp = (app: App): App => setContext(KEY, app)
export const useApp = (): App => getContext<App>(KEY)
