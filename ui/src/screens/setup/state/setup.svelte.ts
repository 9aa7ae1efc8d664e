/** The setup wizard: its steps, what is chosen on the way, and the draft that lets it go on after a restart. */
import type {
  ErrorView,
  ExportDone,
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
import { PastedKey } from './pasted-key.svelte'
import { Start } from './start.svelte'

export class Setup {
  readonly start = new Start(this)
  step = $state<SetupStep>('where')
  path = $state.raw<SetupPath | null>(null)
  found = $state.raw<FoundFile[]>([])
  account = $state<number | null>(null)
  localName = $state('')
  written = $state.raw<string[]>([])
  next = $state.raw<Pick<NextStep, 'command' | 'running'> | null>(null)
  /** What was written on the first screen. */
  done = $state.raw<ExportDone | null>(null)
  /** What the login opened, in words. */
  opened = $state.raw<{ title: string; text: string | null } | null>(null)
  /** The system whose account is connected once the pasted key is added. */
  accountNext = $state<string | null>(null)
  /** Whether the account is connected on the first screen, from what was pasted. */
  inPlace = $state(false)
  /** A secret had been typed before the window was closed, and must be typed again. */
  secretMissing = $state(false)
  #keeping = new Action()
  #fetching = new Action()
  readonly pasted: Pasted
  readonly login: Login
  readonly keys: Keys
  readonly key: PastedKey
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
    this.key = new PastedKey(app.backend)
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

  /** The steps of this run, as far as it is known what will happen. */
  get steps(): SetupStep[] {
    const keep: SetupStep[] = this.#asksKeep ? ['keep'] : []
    const isHere = this.path === null || this.inPlace || this.#isPastedKey
    const connect: SetupStep[] = isHere ? [] : ['connect']
    return ['where', ...connect, ...keep, ...(this.#writes ? (['file'] as const) : []), 'done']
  }

  /** Whether a pasted key is added and written on the first screen. */
  get #isPastedKey(): boolean {
    return this.path?.kind === 'key' && (this.key.pending || this.key.license !== null)
  }

  /** Whether a license file can be written after this: an instance does not reveal its token. */
  get #writes(): boolean {
    if (this.path === null || this.#isPastedKey) return false
    return !(this.vendor?.facets.includes('instance-token') ?? false)
  }

  /** The system that an account is connected at. */
  get vendor(): VendorView | null {
    const provider = this.path?.kind === 'account' ? this.path.provider : null
    return this.app.accounts.vendors.find((vendor) => vendor.provider === provider) ?? null
  }

  /** Whether what was chosen is connected or brought in already. */
  get connected(): boolean {
    if (this.path?.kind === 'key') {
      return (this.keys.licenses.length > 0 && this.keys.waiting.length === 0) || this.key.license !== null
    }
    return this.account !== null
  }

  /** Whether there is enough to leave the step Connect. */
  get canConnect(): boolean {
    switch (this.path?.kind) {
      case 'account':
        return this.connected || this.login.tested !== null
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
    if (path.kind === 'account' && recognised.kind === 'url') {
      this.carry(recognised.url)
      if (!this.pasted.isAddress) this.pasted.take()
    }
    this.inPlace = false
    if (path.kind === 'account') this.accountNext = null
    await this.#go('connect')
    await this.#importIfReady()
  }

  /** Takes a pasted address to the chosen system, unless it is there: what was typed there since counts. */
  carry(url: string): void {
    const provider = this.vendor?.provider ?? ''
    if (this.#carried === url + provider) return
    this.#carried = url + provider
    this.login.values.url = url
    this.login.typed('url')
    this.login.leftAddress()
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
    const earlier = this.steps[this.steps.indexOf(before) - 1] ?? 'where'
    return this.#go(before === 'keep' && this.app.vault.ready ? earlier : before)
  }

  /** Leaves the step Connect: keeps what was chosen, or asks first where secrets are kept. */
  async connect(): Promise<void> {
    const isThere = this.#isPastedKey || this.canConnect
    if (!isThere || this.busy) return
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
    let isWritten: boolean | null = null
    const isDone = await this.#keeping.run(async () => {
      isKept = await this.#keepAccount()
      if (isKept) await this.keys.import()
      if (isKept && this.path?.kind === 'key' && this.key.pending) isWritten = await this.key.write()
    })
    const here = this.inPlace || this.key.draft !== null ? 'where' : 'connect'
    if (!isDone) {
      this.#asksKeep ||= !this.app.vault.ready
      return this.#show(this.app.vault.ready ? here : 'keep')
    }
    if (!isKept) return
    this.secretMissing = false
    if (isWritten !== null) return this.#written(isWritten)
    this.inPlace = false
    if (this.path?.kind === 'key' && ((waited && this.keys.failed) || !this.connected))
      return this.#go('connect')
    await this.#afterConnect()
  }

  async #afterConnect(): Promise<void> {
    if (this.#writes) return this.#go('file')
    if (this.account !== null) await this.fetch()
    await this.toDone()
  }

  /** The pasted key is added; where its file could not be written, the form says why. */
  async #written(isWritten: boolean): Promise<void> {
    const done = this.key.draft?.done ?? null
    if (!isWritten || done === null) return this.#show('where')
    this.pasted.take()
    this.done = done
    this.#note(done)
    if (this.accountNext !== null) return this.choose({ kind: 'account', provider: this.accountNext })
    await this.toDone()
  }

  #note({ file: { shown }, next }: ExportDone): void {
    this.written = [...this.written.filter((one) => one !== shown), shown]
    this.next = next
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
    this.#note(draft.done)
    await this.save()
  }

  /** Goes on without a file: to the list, as nothing more is to be said of an account alone. */
  async skip(): Promise<void> {
    if (this.written.length > 0 || this.path?.kind === 'key') return this.toDone()
    await this.finish()
  }

  async toDone(): Promise<void> {
    await this.#go('done')
  }

  /** Ends the wizard and shows the list, at the license that it was about, or else at what is urgent. */
  async finish(): Promise<void> {
    const { app } = this
    const isMeant = this.written.length > 0 || this.file.total === 1
    const license = this.key.license ?? (isMeant ? this.file.license : null) ?? this.keys.licenses[0] ?? null
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
    this.key.drop()
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
    if (step !== 'where') this.start.leave()
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
