/** The login of the wizard's step Connect: typed, tested, and kept as it was tested. */
import type { Backend } from '../ipc/backend'
import type { AccountView, ErrorView, Tested, VendorView } from '../ipc/generated'
import { asErrorView } from '../messages/errors'
import { recognise } from './setup-paste.svelte'

/** The address under which accounts keep the local portal. */
export const LOCAL = 'local'
const LOOK_AFTER_MS = 150

export class Login {
  /** Values by field name; secrets among them, so that they never leave this class but to be tested. */
  values = $state<Record<string, string>>({})
  name = $state('')
  tested = $state.raw<Tested | null>(null)
  testing = $state(false)
  error = $state.raw<ErrorView | null>(null)
  vendor = $state.raw<VendorView | null>(null)
  #asked = 0
  #looking: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly backend: Backend) {}

  /** Shows a system's fields; what was typed for it before stays. */
  choose(vendor: VendorView | null): void {
    if (vendor === null || vendor.provider === this.vendor?.provider) return
    this.forget()
    this.vendor = vendor
    for (const { name, default: usual } of vendor.fields) this.values[name] = usual ?? ''
  }

  forget(): void {
    this.#untest()
    this.vendor = null
    this.values = {}
    this.name = ''
  }

  get host(): string {
    const address = this.values.url ?? ''
    return asUrl(address)?.host ?? address
  }

  /** The host that the login would go to unencrypted, where the address is such. */
  get clearHost(): string | null {
    return clearHost(this.values.url ?? '')
  }

  /** Takes the encrypted address instead. */
  encrypt(): void {
    this.values.url = (this.values.url ?? '').trim().replace(/^http:/i, 'https:')
    this.typed('url')
  }

  get hasSecret(): boolean {
    return this.#named('secret').some((name) => (this.values[name] ?? '') !== '')
  }

  get secretField(): string | null {
    return this.#named('secret')[0] ?? null
  }

  /** Whether every field has something in it. */
  get complete(): boolean {
    return this.vendor?.fields.every(({ name }) => (this.values[name] ?? '').trim() !== '') ?? false
  }

  /** A field was typed into: what was tested before is no longer what would be kept. */
  typed(field: string): void {
    this.#untest()
    clearTimeout(this.#looking)
    if (field === this.secretField)
      this.#looking = setTimeout(() => void this.#tryLocal(field), LOOK_AFTER_MS)
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
    if (vendor === null || this.testing) return false
    const asked = ++this.#asked
    this.testing = true
    this.tested = null
    this.error = null
    try {
      const tested = await this.backend.testAccount({
        provider: vendor.provider,
        fields: this.#values(false),
        secrets: this.#values(true),
      })
      if (asked !== this.#asked) return false
      this.tested = tested
      this.name ||= tested.suggestedName
      return true
    } catch (thrown) {
      if (asked === this.#asked) this.error = asErrorView(thrown)
      return false
    } finally {
      if (asked === this.#asked) this.testing = false
    }
  }

  /** Leaves a test that takes too long; its answer is passed over. */
  stop(): void {
    this.#asked++
    this.testing = false
  }

  /** Keeps the login that was tested. */
  async keep(): Promise<AccountView> {
    try {
      const account = await this.backend.keepAccount(this.tested?.ticket ?? '', this.name.trim())
      this.forget()
      return account
    } catch (thrown) {
      // A ticket that the program no longer has can only be had by another test.
      if (asErrorView(thrown).code.includes('ticket')) this.tested = null
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
    for (const { name, kind } of this.vendor?.fields ?? []) {
      const kept = fields[name]
      if (kind !== 'secret' && kept !== undefined) this.values[name] = kept
    }
    this.name = fields.name ?? ''
  }

  /** One of this program's own portal; where the address of another on this computer was typed, one of that. */
  async #tryLocal(field: string): Promise<void> {
    const token = this.values[field] ?? ''
    const recognised = await recognise(this.backend, token)
    if (recognised.kind !== 'token' || token !== this.values[field]) return
    if (this.#addressIsUsual) await this.useLocalToken(token)
    else if (isOnThisComputer(this.values.url ?? '')) await this.test()
  }

  get #addressIsUsual(): boolean {
    const typed = (this.values.url ?? '').trim()
    const usual = this.vendor?.fields.find(({ kind }) => kind === 'url')?.default ?? ''
    return [LOCAL, usual, ''].includes(typed)
  }

  #untest(): void {
    this.stop()
    this.tested = null
    this.error = null
  }

  #named(kind: VendorView['fields'][number]['kind']): string[] {
    return (this.vendor?.fields ?? []).filter((field) => field.kind === kind).map(({ name }) => name)
  }

  #values(secret: boolean): Record<string, string> {
    const chosen = (this.vendor?.fields ?? []).filter(({ kind }) => (kind === 'secret') === secret)
    return Object.fromEntries(chosen.map(({ name }) => [name, (this.values[name] ?? '').trim()]))
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
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
}

function asUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
