/** The login of the wizard's step Connect: typed, tested, and kept as it was tested. */
import type { Backend } from '../../ipc/backend'
import type { AccountView, ConnectFieldView, ErrorView, Tested, VendorView } from '../../ipc/generated'
import { asErrorView } from '../../messages/errors'
import { Action } from '../action/action.svelte'
import {
  ALLOWED,
  asksForCode,
  fieldOf,
  foreignHost,
  isOnDemand,
  isOtherHost,
  isSameHost,
  isSecret,
  taken,
} from './connect-fields'
import { recognise } from './paste.svelte'
import { Wait } from './wait.svelte'

/** The address under which accounts keep the local portal. */
export const LOCAL = 'local'

export class Login {
  /** Values by field name; secrets among them, so that they never leave this class but to be tested. */
  values = $state<Record<string, string>>({})
  name = $state('')
  tested = $state.raw<Tested | null>(null)
  vendor = $state.raw<VendorView | null>(null)
  /** The missing field that the focus was moved to, until it is typed into. */
  pointed = $state.raw<{ name: string } | null>(null)
  /** Whether the account was found to want a one-time code. */
  #wantsCode = $state(false)
  /** Whether the host is asked for: decided when the address was left, so that no field comes while it is typed. */
  #confirms = $state(false)
  /** The host that the program itself refused to ask before it is confirmed, and whether the address redirects to it. */
  #refusedHost = $state.raw<{ host: string; isRedirected: boolean } | null>(null)
  /** The wait that the system asks for before another test. */
  readonly wait = new Wait()
  #testing = new Action()
  #looking = new Action()

  constructor(private readonly backend: Backend) {}

  /** Shows a system's fields; what was typed for it before stays. */
  choose(vendor: VendorView | null): void {
    if (vendor === null || vendor.provider === this.vendor?.provider) return
    this.forget()
    this.vendor = vendor
    for (const { name, default: usual } of vendor.fields) this.values[name] = usual ?? ''
  }

  forget(): void {
    this.#looking.drop()
    this.#untest()
    this.#wantsCode = false
    this.#confirms = false
    this.#refusedHost = null
    this.pointed = null
    this.wait.end()
    this.vendor = null
    this.values = {}
    this.name = ''
  }

  get testing(): boolean {
    return this.#testing.busy
  }

  get error(): ErrorView | null {
    return this.#testing.error
  }

  get host(): string {
    const address = this.values.url ?? ''
    return asUrl(address)?.host ?? address
  }

  /** The host that the login would go to unencrypted, if so: by the address that was entered, or the one it redirects to. */
  get clearHost(): string | null {
    return clearHost(this.tested?.movedTo ?? this.values.url ?? '')
  }

  /** Whether the login may be sent there all the same. */
  get allowsHttp(): boolean {
    return this.#named('allow-http').some((name) => this.values[name] === ALLOWED)
  }

  set allowsHttp(allows: boolean) {
    for (const name of this.#named('allow-http')) {
      this.values[name] = allows ? ALLOWED : ''
      this.typed(name)
    }
  }

  /** Takes the encrypted address instead. */
  encrypt(): void {
    this.values.url = (this.values.url ?? '').trim().replace(/^http:/i, 'https:')
    this.typed('url')
  }

  /** The host that has to be typed once more before it is asked. */
  get hostToConfirm(): string | null {
    const { vendor } = this
    if (!vendor?.fields.some(({ kind }) => kind === 'confirm-host')) return null
    return this.#refusedHost?.host ?? foreignHost(vendor, this.values.url ?? '')
  }

  /** Whether that host is asked for because the address redirects to it. */
  get isRedirected(): boolean {
    return this.#refusedHost?.isRedirected ?? false
  }

  /** The fields that have to be filled in, the confirmation of the address below those that are typed before it. */
  get fields(): ConnectFieldView[] {
    const fields = this.vendor?.fields ?? []
    const asks = this.#confirms || this.#refusedHost !== null
    const confirming = fields.filter(({ kind }) => kind === 'confirm-host' && asks)
    const needed = fields.filter(({ kind, optional }) => !optional && !isOnDemand(kind))
    const codes = fields.filter(({ kind }) => kind === 'one-time-code' && this.#wantsCode)
    return [...needed, ...confirming, ...codes]
  }

  /** The fields that may stay empty. */
  get more(): ConnectFieldView[] {
    return (this.vendor?.fields ?? []).filter(({ kind, optional }) => optional && !isOnDemand(kind))
  }

  /** The field to fix before another test. */
  get faulty(): ConnectFieldView | null {
    return this.vendor && this.error ? fieldOf(this.vendor, this.error) : null
  }

  get hasSecret(): boolean {
    const secrets = (this.vendor?.fields ?? []).filter(({ kind }) => isSecret(kind))
    return secrets.some(({ name }) => (this.values[name] ?? '') !== '')
  }

  /** The field for a token; a password is no token that may have been pasted elsewhere. */
  get secretField(): string | null {
    return this.#named('secret')[0] ?? null
  }

  /** The first field that still has to be filled in. */
  get missing(): ConnectFieldView | null {
    return this.fields.find((field) => !this.#isFilled(field)) ?? null
  }

  /** Shows which field is missing, and moves the focus there. Returns whether there is one. */
  pointAtMissing(): boolean {
    this.leftAddress()
    const { missing } = this
    this.pointed = missing && { name: missing.name }
    return missing !== null
  }

  /** The host that is meant, where what was typed once more is another. */
  get missedHost(): string | null {
    const host = this.hostToConfirm
    return host !== null && isOtherHost(this.#typedHost, host) ? host : null
  }

  /** The address is typed to its end. */
  leftAddress(): void {
    this.#confirms = this.hostToConfirm !== null
  }

  /** A field was typed into: what was tested before is no longer what would be kept. */
  typed(field: string): void {
    this.pointed = null
    this.#untest()
    this.#forgetAnswers(field)
    this.#looking.drop()
    if (field === this.secretField) this.#looking.typed(() => this.#tryLocal(field))
  }

  /** Its screen is gone: what a token was typed for does not matter any more. */
  leave(): void {
    this.#looking.drop()
  }

  /** Whether this is the token that is filled in. */
  has(token: string): boolean {
    return this.secretField !== null && this.values[this.secretField] === token.trim()
  }

  /** Takes over a token of the local portal, which is tested at once: it goes no further than this computer. */
  async useLocalToken(token: string): Promise<void> {
    if (this.secretField === null) return
    this.values[this.secretField] = token.trim()
    this.values.url = LOCAL
    await this.test()
  }

  async test(): Promise<boolean> {
    const { vendor } = this
    if (vendor === null || this.testing || this.wait.left > 0) return false
    this.#untest()
    const request = { provider: vendor.provider, fields: this.#values(false), secrets: this.#values(true) }
    return this.#testing.ask(
      () => this.backend.testAccount(request),
      (tested) => {
        this.tested = tested
        this.#useUpCode()
      },
      (error) => this.#refused(error),
    )
  }

  /** Leaves a test that takes too long; its answer is passed over. */
  stop(): void {
    this.#testing.drop()
  }

  /** Keeps the login that was tested. */
  async keep(): Promise<AccountView> {
    try {
      const name = this.name.trim() || (this.tested?.suggestedName ?? '')
      const account = await this.backend.keepAccount(this.tested?.ticket ?? '', name)
      this.forget()
      return account
    } catch (thrown) {
      // A ticket that the program no longer has can only be had by another test.
      if (asErrorView(thrown).code === 'ticket-unknown') this.tested = null
      throw thrown
    }
  }

  /** What may be remembered: addresses without anything that could be a secret, and the name. */
  plain(): Record<string, string> {
    const fields: Record<string, string> = {}
    for (const name of this.#named('url')) {
      const address = plainAddress(this.values[name] ?? '')
      if (address !== null) fields[name] = address
    }
    for (const name of this.#named('text')) if (this.values[name]) fields[name] = this.values[name]
    if (this.name) fields.name = this.name
    return fields
  }

  restore(fields: Partial<Record<string, string>>): void {
    for (const name of [...this.#named('url'), ...this.#named('text')]) {
      const kept = fields[name]
      if (kept !== undefined) this.values[name] = kept
    }
    this.name = fields.name ?? ''
    this.leftAddress()
  }

  /** One of this program's own portal; where the address of another on this computer was typed, one of that. */
  async #tryLocal(field: string): Promise<void> {
    const token = this.values[field] ?? ''
    await this.#looking.ask(
      () => recognise(this.backend, token),
      ({ kind }) => {
        if (kind !== 'token' || token !== this.values[field]) return
        if (this.#addressIsUsual) void this.useLocalToken(token)
        else if (isOnThisComputer(this.values.url ?? '')) void this.test()
      },
    )
  }

  #isFilled({ name, kind }: ConnectFieldView): boolean {
    if (kind !== 'confirm-host') return taken(kind, this.values[name]) !== ''
    return this.hostToConfirm === null || isSameHost(this.#typedHost, this.hostToConfirm)
  }

  get #addressIsUsual(): boolean {
    const typed = (this.values.url ?? '').trim()
    const usual = this.vendor?.fields.find(({ kind }) => kind === 'url')?.default ?? ''
    return [LOCAL, usual, ''].includes(typed)
  }

  get #typedHost(): string {
    const [name] = this.#named('confirm-host')
    return name === undefined ? '' : (this.values[name] ?? '')
  }

  #untest(): void {
    this.stop()
    this.tested = null
  }

  #named(kind: VendorView['fields'][number]['kind']): string[] {
    return (this.vendor?.fields ?? []).filter((field) => field.kind === kind).map(({ name }) => name)
  }

  /** What was asked for and what was given besides; an empty field that may be empty is not sent at all. */
  #values(secret: boolean): Record<string, string> {
    const given = this.more.filter(({ name, kind }) => taken(kind, this.values[name]) !== '')
    const asked = this.fields.filter(({ kind }) => kind !== 'confirm-host' || this.hostToConfirm !== null)
    const isClear = this.clearHost !== null && this.allowsHttp
    const allowed = (this.vendor?.fields ?? []).filter(({ kind }) => kind === 'allow-http' && isClear)
    const chosen = [...asked, ...given, ...allowed].filter(({ kind }) => isSecret(kind) === secret)
    return Object.fromEntries(chosen.map(({ name, kind }) => [name, taken(kind, this.values[name])]))
  }

  #refused(error: ErrorView): void {
    this.wait.after(error)
    this.#wantsCode ||= asksForCode(error)
    if (error.code === 'vendor-otp-wrong') this.#useUpCode()
    if (error.code !== 'host-not-confirmed') return
    this.#refusedHost = { host: error.args.host ?? this.host, isRedirected: error.args.from !== undefined }
  }

  /** A code opens once. */
  #useUpCode(): void {
    for (const name of this.#named('one-time-code')) this.values[name] = ''
  }

  /** What was answered to another address or name does not hold for this one. */
  #forgetAnswers(field: string): void {
    const kind = this.vendor?.fields.find(({ name }) => name === field)?.kind
    if (kind === 'url') {
      this.#refusedHost = null
      for (const name of this.#named('allow-http')) this.values[name] = ''
    }
    if (kind !== 'url' && kind !== 'text') return
    this.#wantsCode = false
    // The limit is one of an account, address and e-mail.
    this.wait.end()
    this.#useUpCode()
  }
}

/** An address without user, password, query and fragment, where secrets travel; null where it is no address. */
export function plainAddress(typed: string): string | null {
  if (typed.trim() === LOCAL) return LOCAL
  const url = asUrl(typed.trim())
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  return `${url.origin}${url.pathname === '/' ? '' : url.pathname}`
}

/** The host of an address where what is sent crosses the network in the clear. */
export function clearHost(address: string): string | null {
  const url = asUrl(address.trim())
  return url?.protocol === 'http:' && !isOnThisComputer(address) ? url.host : null
}

function isOnThisComputer(address: string): boolean {
  const host = asUrl(address.trim())?.hostname ?? ''
  const isLocalName = host === 'localhost' || host.endsWith('.localhost')
  return isLocalName || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
}

function asUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
