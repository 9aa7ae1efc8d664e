/** An instance and its one license token: what it tells, a token that is looked over, and the changes. */
import type { Backend } from '../ipc/backend'
import type {
  AppliedView,
  ApplyPreviewView,
  ErrorView,
  InstanceView,
  TokenFieldsView,
  TokenSource,
} from '../ipc/generated'
import { Action } from './action/action.svelte'
import { Asked } from './action/asked.svelte'

export type Change = 'apply' | 'renew' | 'restore' | 'remove'

/** Whether the token that an instance has now could be restored later. */
export type Present = 'kept' | 'lost' | 'unknown'

/** What a change came to; a removal leaves no token to tell of. */
export interface Done {
  change: Change
  applied: AppliedView | null
  /** What was known of the token before it; null where there was none. */
  before: Present | null
}

/** How long an answer is taken for the present one, where nothing tells of a change. */
const FRESH_MS = 60_000

export class Instance extends Asked<InstanceView> {
  /** A pasted token, and the path of a file in its place: of a file only the path is known here. */
  text = $state('')
  path = $state<string | null>(null)
  preview = $state.raw<ApplyPreviewView | null>(null)
  done = $state.raw<Done | null>(null)
  /** The earlier token, once it was checked. */
  earlier = $state.raw<ApplyPreviewView | null>(null)
  #looking = new Action()
  #changing = new Action()
  /** The last change, made or not. */
  #last = $state<Change | null>(null)
  #asked = 0
  #seen: string | null = null

  constructor(
    private readonly backend: Backend,
    readonly account: number,
  ) {
    super(() => backend.instance(account))
  }

  get looking(): boolean {
    return this.#looking.busy
  }

  /** The change that is being made. */
  get busy(): Change | null {
    return this.#changing.busy ? this.#last : null
  }

  /** The token that the instance has; undefined while that is not known. */
  get token(): TokenFieldsView | null | undefined {
    return this.view?.token.kind === 'reported' ? this.view.token.token : undefined
  }

  /** Why nothing is known of it: all of it failed, or its two first answers did. */
  override get error(): ErrorView | null {
    if (this.request.error) return this.request.error
    const { valid, token } = this.view ?? {}
    if (valid?.kind === 'failed') return valid.error
    return token?.kind === 'failed' ? token.error : null
  }

  /** What of its present token would be left after another one, or none, is in its place; null where it has none. */
  get present(): Present | null {
    if (!this.view || this.token === undefined) return 'unknown'
    if (this.token === null) return null
    return this.view.held ? 'kept' : 'lost'
  }

  /** Whether a change was made, and the instance says all the same that it has no valid license. */
  get contradicts(): boolean {
    const { valid } = this.view ?? {}
    const gave = this.done !== null && this.done.change !== 'remove'
    return gave && valid?.kind === 'reported' && !valid.valid
  }

  /** Why a change was not made, told where it was asked for. */
  refused(change: Change): ErrorView | null {
    // Looking a token over is a part of applying it.
    const look = change === 'apply' ? this.#looking.error : null
    return look ?? (this.#last === change ? this.#changing.error : null)
  }

  /** What is to be looked over or sent. */
  get source(): TokenSource | null {
    if (this.path !== null) return { kind: 'file', path: this.path }
    return this.text.trim() === '' ? null : { kind: 'text', text: this.text }
  }

  /** Asks where nothing is known yet, what is known is old, or the account was listed since. */
  async show(listed: string | null): Promise<void> {
    const isNews = listed !== this.#seen
    this.#seen = listed
    if (this.loading || this.busy) return
    // What failed is not asked for again and again.
    if (isNews || Date.now() - this.#asked > FRESH_MS) await this.again()
  }

  /** Asks the instance for all that it tells. */
  async again(): Promise<void> {
    await this.ask()
  }

  override async ask(): Promise<boolean> {
    const isTaken = await super.ask()
    this.#asked = Date.now()
    return isTaken
  }

  /** Takes a file's path in place of a pasted text. */
  async take(path: string): Promise<void> {
    this.text = ''
    this.path = path
    await this.look()
  }

  /** Nothing is to be looked over any more. */
  clear(): void {
    this.#looking.drop()
    this.text = ''
    this.path = null
    this.preview = null
    this.forgive('apply')
  }

  /** Its pane or dialog is closed: the outcome was seen, and a pasted token is not kept. */
  leave(): void {
    this.#looking.drop()
    if (this.busy === null) {
      this.clear()
      this.earlier = null
      this.#changing.clear()
    }
    this.done = null
  }

  /** Why a change was not made is no news any more. */
  forgive(change: Change): void {
    if (change === 'apply') this.#looking.clear()
    if (this.#last === change) this.#changing.clear()
  }

  /** A token was typed, or pasted, which is whole at once. */
  typed(): void {
    this.path = null
    this.preview = null
    this.#looking.typed(() => this.look())
  }

  /** Looks the token over; an answer about an older one is dropped. */
  async look(): Promise<void> {
    const { source } = this
    this.#looking.drop()
    this.forgive('apply')
    this.preview = null
    if (source === null) return
    const preflight = async () => {
      const preview = await this.backend.preflightToken(this.account, source)
      // By itself it may have taken another token since it was asked.
      if (this.#isNews(preview)) await this.again()
      return preview
    }
    await this.#looking.ask(preflight, (preview) => (this.preview = preview))
  }

  /** Sends the token that was checked; `force` sends it whatever was found. Returns whether it was not refused. */
  async apply(force: boolean): Promise<boolean> {
    const { source } = this
    if (source === null || this.looking) return false
    return this.#change('apply', async () => {
      const applied = await this.backend.applyToken(this.account, source, force)
      this.clear()
      return { applied }
    })
  }

  renew(): Promise<boolean> {
    return this.#change('renew', async () => ({ applied: await this.backend.renewToken(this.account) }))
  }

  /** Checks the earlier token, which is not sent. */
  lookAtEarlier(): Promise<boolean> {
    return this.#change('restore', async () => {
      const seen = await this.backend.preflightEarlier(this.account)
      if (this.#isNews(seen)) await this.again()
      this.earlier = seen
      return null
    })
  }

  /** Restores the earlier token; `force` sends it whatever was found. */
  restore(force: boolean): Promise<boolean> {
    return this.#change('restore', async () => {
      const applied = await this.backend.restoreToken(this.account, force)
      this.earlier = null
      return { applied }
    })
  }

  /** Whether a token for another instance would replace one that cannot be restored: one click is too little for that. */
  isLossOf({ findings }: ApplyPreviewView): boolean {
    const { present } = this
    return present !== null && present !== 'kept' && findings.some(({ word }) => word === 'wrong-instance')
  }

  /** Takes the token away; says whether that was done. */
  async remove(typed: string): Promise<boolean> {
    return this.#change('remove', async () => {
      await this.backend.removeToken(this.account, typed)
      return { applied: null }
    })
  }

  /** Whether a look found another token at the instance than the one that it told of. */
  #isNews({ current }: ApplyPreviewView): boolean {
    return current.kind === 'reported' && (current.token?.jti ?? null) !== (this.token?.jti ?? null)
  }

  /** Makes a change, where null is one that was not sent; says whether it was not refused. */
  async #change(change: Change, send: () => Promise<Pick<Done, 'applied'> | null>): Promise<boolean> {
    if (this.busy !== null) return false
    this.#last = change
    this.#looking.clear()
    this.done = null
    const before = this.present
    const isDone = await this.#changing.run(async () => {
      const sent = await send()
      // What it came to is told together with what the instance tells then.
      if (sent !== null) await this.again()
      this.done = sent && { change, before, ...sent }
    })
    if (!isDone) void this.again()
    return isDone
  }
}

/** One state an account, shared by the detail pane and the dialogs. */
export class Instances {
  #known = new Map<number, Instance>()

  constructor(private readonly backend: Backend) {}

  of(account: number): Instance {
    const known = this.#known.get(account) ?? new Instance(this.backend, account)
    this.#known.set(account, known)
    return known
  }
}
