/** Connected accounts, what the systems accept, and how many licenses each view has. */
import type { Backend } from '../ipc/backend'
import type {
  AccountView,
  ErrorView,
  ImportView,
  Opening,
  ProductView,
  SourcedFact,
  VendorView,
  ViewCounts,
} from '../ipc/generated'
import { learn } from '../messages/vocabulary'
import type { Having } from './list/columns'

const NONE: ViewCounts = {
  all: 0,
  expiringSoon: 0,
  expired: 0,
  development: 0,
  production: 0,
  sandbox: 0,
  files: 0,
}

/** Failures that another login mends. */
const LOGIN_CODES: readonly string[] = [
  'vendor-unauthorized',
  'vendor-wrong-password',
  'vendor-refused-before',
  'vendor-session-expired',
  'login-not-kept',
  'http-not-allowed',
]

/** What an account has whose vendor counts seats or users. */
const COUNTING: readonly string[] = ['seats', 'instance-token']

/** The rule of products whose licenses one running instance may use at a time. */
const ONE_INSTANCE = /\.instances$/

export class Accounts {
  all = $state.raw<AccountView[]>([])
  counts = $state.raw<ViewCounts>(NONE)
  vendors = $state.raw<VendorView[]>([])
  products = $state.raw<ProductView[]>([])

  constructor(private readonly backend: Backend) {}

  start(opening: Opening): void {
    this.all = opening.accounts
    this.counts = opening.counts
    this.vendors = opening.vendors
    this.products = opening.products
    learn(opening)
  }

  async again(): Promise<void> {
    const [all, counts] = await Promise.all([this.backend.accounts(), this.backend.counts()])
    this.all = all
    this.counts = counts
  }

  changed(account: AccountView): void {
    const known = this.all.some(({ id }) => id === account.id)
    this.all = known ? this.all.map((one) => (one.id === account.id ? account : one)) : [...this.all, account]
  }

  find(id: number | null): AccountView | undefined {
    return this.all.find((account) => account.id === id)
  }

  vendorOf(account: AccountView | undefined): VendorView | undefined {
    return this.vendors.find(({ provider }) => provider === account?.provider)
  }

  /** Whether an account is opened by a password rather than by a token. */
  byPassword(account: AccountView): boolean {
    return this.vendorOf(account)?.fields.some(({ kind }) => kind === 'password') ?? false
  }

  /** What is said of keys that can be imported. */
  get imports(): ImportView[] {
    return this.products.flatMap(({ import: words }) => words ?? [])
  }

  /** The product whose license file is usually below the home folder. */
  get launching(): { title: string; place: string } | null {
    const places = this.products.flatMap(({ title, import: words }) =>
      words?.place ? [{ title, place: words.place }] : [],
    )
    return places[0] ?? null
  }

  /** What belongs beside a license of a product whose key is of a form. */
  factsOf(product: string, form: string | null): SourcedFact[] {
    const facts = this.products.find((known) => known.product === product)?.facts ?? []
    return facts.filter(({ about }) => about === `form:${form ?? ''}`)
  }

  /** That only one instance may run at a time, where the vendor says so of such a key. */
  oneInstanceRule(product: string, form: string | null): SourcedFact | undefined {
    return this.factsOf(product, form).find(({ key }) => ONE_INSTANCE.test(key))
  }

  /** Whether another login is what an account needs. */
  isRefused({ state }: AccountView): boolean {
    return state.kind === 'failed' && this.isLoginError(state.error)
  }

  /** Whether an account has a session that can be ended. */
  canSignOut({ facets, state }: AccountView): boolean {
    const isOut = state.kind === 'failed' && state.error.code === 'login-not-kept'
    return facets.includes('sign-in') && !isOut
  }

  /** Whether an account's answers are verified by its public key; null where its vendor signs none. */
  verifies(account: AccountView | undefined): boolean | null {
    const key = this.vendorOf(account)?.fields.find(({ kind }) => kind === 'public-key')
    return account && key ? (account.fields[key.name] ?? '') !== '' : null
  }

  /** For how many licenses the entitlements came with the list, where the account has more. */
  entitledOf(account: AccountView): number | null {
    const bound = this.vendorOf(account)?.entitledWithList ?? null
    return bound !== null && account.licenses > bound ? bound : null
  }

  /** Whether the entitlements that a license of an account lacks come when it is opened. */
  tellsOnOpening(id: number): boolean {
    const account = this.find(id)
    return account !== undefined && this.entitledOf(account) !== null
  }

  /** Whether an error is one that another login mends. */
  isLoginError({ code }: ErrorView): boolean {
    return LOGIN_CODES.includes(code)
  }

  /** Whether an error is told by the state of an account that is shown: one of them, or all. */
  tells({ code }: ErrorView, shown: number | null): boolean {
    return this.all.some(
      ({ id, state }) =>
        (shown === null || shown === id) &&
        (state.kind === 'offline' || state.kind === 'failed') &&
        state.error.code === code,
    )
  }

  /** Accounts at a system, in contrast to imported keys: these can be refreshed. */
  get connected(): AccountView[] {
    return this.all.filter((account) => this.vendorOf(account) !== undefined)
  }

  /** The account of this name. */
  called(name: string): AccountView | undefined {
    return this.all.find((account) => account.name === name)
  }

  /** Accounts whose vendor takes new licenses from a program. */
  get creating(): AccountView[] {
    return this.all.filter((account) => this.vendorOf(account)?.creates)
  }

  /** Whether a connected vendor has licenses of several kinds, such as development and production. */
  get hasKinds(): boolean {
    return this.creating.length > 0
  }

  /** What the licenses of the connected vendors have. */
  get having(): Having {
    const counts = ({ facets }: AccountView) => facets.some((facet) => COUNTING.includes(facet))
    return { kinds: this.hasKinds, use: this.connected.some(counts) }
  }

  /** Whether the local portal is among them. */
  get hasLocal(): boolean {
    return this.all.some(({ address }) => address === 'local')
  }

  /** The oldest complete listing of an account, or of all that are shown together. */
  asOf(account: number | null): string | null {
    const shown = account === null ? this.connected : this.all.filter(({ id }) => id === account)
    const times = shown.map(({ asOf }) => asOf).filter((at): at is string => at !== null)
    return times.sort()[0] ?? null
  }
}
