/** The setup wizard: its steps, what is chosen on the way, and the draft that lets it go on after a restart. */
import type {
  ErrorView,
  FoundFile,
  NextStep,
  SetupDraft,
  SetupPath,
  SetupStep,
  VendorView,
} from '$lib/ipc/generated'
import { m } from '$lib/messages'
import { Action } from '$lib/state/action/action.svelte'
import type { App } from '$lib/state/app.svelte'
import { systemAt } from '$lib/state/login/connect-fields'
import { Login } from '$lib/state/login/login.svelte'
import { Pasted } from '$lib/state/login/paste.svelte'
import { draftOf, freeName, madeBefore, nextOf, stepToResume } from './draft'
import { LicenseFile } from './file.svelte'
import { LocalStart } from './local.svelte'
import { Keys } from './keys.svelte'

export class Setup {
  step = $state<SetupStep>('where')
  path = $state.raw<SetupPath | null>(null)
  found = $state.raw<FoundFile[]>([])
  account = $state<number | null>(null)
  localName = $state('')
  written = $state.raw<string[]>([])
  next = $state.raw<Pick<NextStep, 'command' | 'running'> | null>(null)
  /** A secret had been typed before the window was closed, and must be typed again. */
  secretMissing = $state(false)
  #keeping = new Action()
  #fetching = new Action()
  readonly pasted: Pasted
  readonly login: Login
  readonly keys: Keys
  readonly local: LocalStart
  /** Begins anew with another way to go. */
  file = $state.raw<LicenseFile>() as LicenseFile
  #asksKeep = $state(false)
  #saved = ''
  /** The pasted address and the system that it was taken to: what was typed there since counts. */
  #carried = ''
  #ended = false

  constructor(readonly app: App) {
    this.pasted = new Pasted(app.backend)
    this.login = new Login(app.backend)
    this.keys = new Keys(app.backend)
    this.local = new LocalStart(app.backend)
    this.file = new LicenseFile(app.backend)
    this.#asksKeep = !app.vault.ready
    this.localName = freeName(m.setup.localUsualName, app.accounts.all)
  }

  get busy(): boolean {
    return this.#keeping.busy
  }

  get error(): ErrorView | null {
    return this.#keeping.error
  }

  get fetching(): boolean {
    return this.#fetching.busy
  }

  /** The steps of this run: where secrets are kept is asked only while nothing is ready to keep them. */
  get steps(): SetupStep[] {
    return this.#asksKeep
      ? ['where', 'connect', 'keep', 'file', 'done']
      : ['where', 'connect', 'file', 'done']
  }

  /** The system that an account is connected at. */
  get vendor(): VendorView | null {
    const provider = this.path?.kind === 'account' ? this.path.provider : null
    return this.app.accounts.vendors.find((vendor) => vendor.provider === provider) ?? null
  }

  /** Whether what was chosen is connected or brought in already. */
  get connected(): boolean {
    if (this.path?.kind === 'key') return this.keys.licenses.length > 0 && this.keys.waiting.length === 0
    return this.account !== null
  }

  /** Whether there is enough to leave the step Connect. */
  get canConnect(): boolean {
    switch (this.path?.kind) {
      case 'account':
        return this.connected || (this.login.tested !== null && this.login.name.trim() !== '')
      case 'local':
        return this.connected || this.localName.trim() !== ''
      case 'key':
        return this.keys.sources.some(({ state }) => state !== 'failed')
      default:
        return false
    }
  }

  async begin(draft: SetupDraft): Promise<void> {
    this.path = draft.path
    this.account = draft.account ?? madeBefore(draft, this.app.accounts.all)
    this.written = draft.written
    this.secretMissing = draft.secretMissing
    this.keys.restore(draft.fields)
    this.#chooseVendor(draft.path)
    if (draft.path?.kind === 'account') this.login.restore(draft.fields)
    if (draft.path?.kind === 'local') this.localName = draft.fields.name ?? this.localName
    this.next = nextOf(draft)
    this.step = stepToResume(draft, this.keys.waiting.length > 0)
    if (this.step === 'file') this.#startFile(draft.license)
    if (this.step === 'connect') void this.#importIfReady()
    this.found = await this.app.backend.foundFiles().catch(() => [])
  }

  /** Goes on with what was pasted. */
  async useRecognised(): Promise<void> {
    const recognised = await this.pasted.look()
    switch (recognised?.kind) {
      case undefined:
        return
      case 'key':
        this.keys.addText(this.pasted.take(), recognised.form)
        return this.choose({ kind: 'key' })
      case 'token': {
        const token = this.pasted.take()
        await this.choose({ kind: 'account', provider: recognised.provider })
        return this.login.useLocalToken(token)
      }
      case 'url': {
        // Where the host does not tell whose it is, a user does: nothing is taken for the first system.
        const system = this.systemAt(recognised.url)
        if (system) await this.choose({ kind: 'account', provider: system.provider })
        return
      }
      case 'nothing':
      case 'mistake':
    }
  }

  /** The system that answers at an address, where its host tells. */
  systemAt(address: string): VendorView | null {
    return systemAt(this.app.accounts.vendors, address)
  }

  /** A card was chosen. What was pasted and may be a vendor's token is taken along, and so is an address. */
  async choose(path: SetupPath): Promise<void> {
    const word = await this.pasted.unknownWord()
    const { recognised } = this.pasted
    const isOther = path.kind !== this.path?.kind
    this.path = path
    if (isOther) this.another()
    this.#chooseVendor(path)
    const secret = this.login.secretField
    if (path.kind === 'account' && secret !== null && word !== null) {
      this.login.values[secret] ||= word
      this.pasted.take()
    }
    // It stays where it was pasted, for another card that may be the right one, unless a secret may be in it.
    if (
      path.kind === 'account' &&
      recognised.kind === 'url' &&
      this.#carried !== recognised.url + path.provider
    ) {
      this.#carried = recognised.url + path.provider
      this.login.values.url = recognised.url
      this.login.typed('url')
      this.login.leftAddress()
      if (!this.pasted.isAddress) this.pasted.take()
    }
    await this.#go('connect')
    await this.#importIfReady()
  }

  /** What is connected stays, and the step is free for another. */
  another(): void {
    this.account = null
    this.secretMissing = false
    this.file = new LicenseFile(this.app.backend)
    this.localName = freeName(m.setup.localUsualName, this.app.accounts.all)
    this.#chooseVendor(this.path)
  }

  /** Files that were found, picked or dropped. */
  async takePaths(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return
    this.keys.addPaths(paths)
    if (this.step === 'where') return this.choose({ kind: 'key' })
    if (this.step !== 'keep') await this.#importIfReady()
  }

  async pickFiles(): Promise<void> {
    await this.app.attempt(async () => this.takePaths(await this.app.backend.pickFiles()))
  }

  async addKey(text: string, form: string | null): Promise<void> {
    this.keys.addText(text, form)
    await this.#importIfReady()
  }

  back(): Promise<void> {
    const before = this.steps[this.steps.indexOf(this.step) - 1] ?? 'where'
    return this.#go(before === 'keep' && this.app.vault.ready ? 'connect' : before)
  }

  /** Leaves the step Connect: keeps what was chosen, or asks first where secrets are kept. */
  async connect(): Promise<void> {
    if (!this.canConnect || this.busy) return
    if (!this.app.vault.ready) {
      this.#asksKeep = true
      return this.#go('keep')
    }
    await this.keepAll()
  }

  /** Keeps what waits, now that secrets can be kept. Nothing that was typed is lost where it fails. */
  async keepAll(): Promise<void> {
    if (this.busy) return
    const waited = this.keys.waiting.length > 0
    let isKept = false
    const isDone = await this.#keeping.run(async () => {
      isKept = await this.#keepAccount()
      if (isKept) await this.keys.import()
    })
    if (!isDone) {
      this.#asksKeep ||= !this.app.vault.ready
      return this.#show(this.app.vault.ready ? 'connect' : 'keep')
    }
    if (!isKept) return
    this.secretMissing = false
    if (this.path?.kind === 'key' && ((waited && this.keys.failed) || !this.connected))
      return this.#go('connect')
    await this.#go('file')
  }

  /** Fetches the account's licenses again where that failed. */
  async fetch(license = this.file.license): Promise<void> {
    const account = this.account
    if (account === null) return
    // How it fares is the account's state, which says more than this answer.
    await this.#fetching.ask(
      () => this.app.backend.refresh(account),
      () => {},
    )
    await this.app.accounts.again()
    await this.file.load(account, license ?? this.file.license)
    this.file.unknown =
      this.app.accounts.find(account)?.unsettled.some(({ verb }) => verb === 'create') ?? false
  }

  async write(): Promise<void> {
    const { draft } = this.file
    if (draft === null || !(await draft.write()) || draft.done === null) return
    const { shown } = draft.done.file
    this.written = [...this.written.filter((one) => one !== shown), shown]
    this.next = draft.done.next
    await this.save()
  }

  async toDone(): Promise<void> {
    await this.#go('done')
  }

  /** Ends the wizard and shows the list, at the license that it was about, or else at what is urgent. */
  async finish(): Promise<void> {
    const { app } = this
    const isMeant = this.written.length > 0 || this.file.total === 1
    const license = (isMeant ? this.file.license : null) ?? this.keys.licenses[0] ?? null
    this.#ended = true
    this.#ended = await app.attempt(() => app.backend.finishSetup())
    if (!this.#ended) return
    app.draft = null
    app.screen = 'main'
    const unchanged = app.selection.unchanged()
    await app.reload()
    if (license !== null) await app.attempt(() => app.select(license, unchanged))
  }

  /** The wizard is gone: nothing that was typed in it is looked at any more. */
  leave(): void {
    for (const part of [this.pasted, this.login, this.file]) part.leave()
  }

  async save(): Promise<void> {
    const draft = draftOf(this)
    this.#saved = JSON.stringify(draft)
    await this.app.attempt(() => this.app.backend.saveDraft(draft))
  }

  /** Remembers what was typed since, so that a window closed in the middle goes on with it. */
  async saveTyped(): Promise<void> {
    if (this.path !== null && !this.#ended && JSON.stringify(draftOf(this)) !== this.#saved) await this.save()
  }

  async #go(step: SetupStep): Promise<void> {
    this.#keeping.clear()
    await this.#show(step)
  }

  async #show(step: SetupStep): Promise<void> {
    this.step = step
    if (step === 'file') this.#startFile(this.keys.licenses[0] ?? null)
    await this.save()
  }

  #startFile(license: string | null): void {
    if (this.account !== null && !this.file.loaded) void this.fetch(license)
    else void this.file.load(this.account, this.file.license ?? license)
  }

  /** False where the user left it before it was done. */
  async #keepAccount(): Promise<boolean> {
    if (this.account !== null || this.path === null || this.path.kind === 'key') return true
    const isLocal = this.path.kind === 'local'
    const kept = isLocal ? await this.local.start(this.localName.trim()) : await this.login.keep()
    if (kept === null) return false
    this.account = kept.id
    if (this.pasted.recognised.kind === 'url') this.pasted.take()
    this.#carried = ''
    await this.app.accounts.again()
    return true
  }

  async #importIfReady(): Promise<void> {
    if (!this.app.vault.ready || this.keys.waiting.length === 0) return
    await this.keys.import()
    this.secretMissing &&= !this.connected
    await this.save()
  }

  #chooseVendor(path: SetupPath | null): void {
    if (path?.kind === 'account') this.login.choose(this.vendor)
  }
}
