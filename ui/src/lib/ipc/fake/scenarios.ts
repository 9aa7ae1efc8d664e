/** The states worth looking at, by the name that stands in the page's address: `?scenario=offline`. */
import type {
  AccountState,
  AccountView,
  Appearance,
  CoreStateView,
  ErrorView,
  PackageView,
  RegistryView,
  RowView,
  SeatView,
  SetupDraft,
  UnfinishedWriteView,
  ValidationView,
  VaultView,
} from '../generated'
import { many, odd, on, row, three } from './licenses'
import { ONLINE } from './next'
import { onePackage } from './packages'
import { seat, validation } from './seats'

export interface Scenario {
  rows: RowView[]
  accounts: AccountView[]
  vault: VaultView
  setup: SetupDraft | null
  appearance: Appearance
  /** What the next calls of these methods fail with. */
  fail: Record<string, ErrorView>
  /** Why nothing can be changed. */
  readOnly: ErrorView | null
  /** What in the settings file cannot be used. */
  settingsProblems: ErrorView[]
  /** Why opening a license cannot fetch more of it. */
  fetchProblem: ErrorView | null
  /** Licenses whose kept key is older than what the vendor sent. */
  staleKeys: string[]
  /** Licenses whose vendor refuses to delete them with others. */
  refuseToDelete: string[]
  /** Licenses that an interrupted deletion did not reach. */
  unfinishedDelete: string[]
  /** What an interrupted action did not write. */
  unfinishedWrite: UnfinishedWriteView | null
  /** Licenses whose files cannot be written. */
  refuseToWrite: string[]
  /** The machines that each license is in use on, and on how many it may be. */
  packages: PackageView[]
  registry: RegistryView | null
  seats: SeatView[]
  mostSeats: number | null
  seatsWhole: boolean
  /** Why the session of an account that is removed goes on at its vendor. */
  sessionLeft: ErrorView | null
  /** What the vendor says of each key. */
  validation: ValidationView
  /** What the Core on this computer tells. */
  core: CoreStateView
  /** In how many days the token ends that an instance has at first. */
  tokenEnds: number
  /** Whether the text of the instances' token is kept. */
  tokenKept: boolean
  /** The address that an instance's present token is for, and its earlier one; null for the instance's own, and for none. */
  tokenSub: string | null
  earlierSub: string | null
  /** The license that an instance has with the next token; null for the same as before. */
  nextLicense: string | null
  /** Why instances cannot tell their token. */
  tokenUntold: ErrorView | null
  /** Whether it calls no license valid, whatever its token. */
  invalid: boolean
  /** How long answers take. */
  delayMs: number
}

export const READY: VaultView = { state: 'unlocked', keyring: 'ready' }

export function account(id: number, part: Partial<AccountView> = {}): AccountView {
  return {
    id,
    provider: 'aidbox',
    name: 'northwind',
    address: 'https://aidbox.app',
    subject: 'northwind',
    licenses: 0,
    asOf: new Date(Date.now() - 240_000).toISOString(),
    unreadable: 0,
    missing: 0,
    host: 'aidbox.app',
    sessionExpires: null,
    fields: {},
    facets: [],
    state: { kind: 'ready' },
    unsettled: [],
    replacing: [],
    ...part,
  }
}

const files = () => account(2, { provider: 'files', name: 'files', address: '', subject: null, asOf: null })
const local = () => account(3, { name: 'This computer', address: 'local', subject: 'demo' })

const instance = () =>
  account(4, {
    provider: 'dashboard',
    name: 'play',
    address: 'https://play.example/metrics',
    subject: 'Northwind',
    facets: ['instance-token'],
  })
const INSTANCE_ROW = {
  accountId: 4,
  account: 'play',
  product: 'dashboard',
  tier: null,
  hosting: null,
  expiry: on(320),
  entitlements: null,
  used: { unit: 'users' as const, used: 11, most: 15 },
}

/** An account with a session. */
const plant = (part: Partial<AccountView> = {}) =>
  account(1, {
    provider: 'aica',
    name: 'plant',
    address: 'https://licensing.example',
    host: 'licensing.example',
    subject: 'ada@plant.example',
    sessionExpires: new Date(Date.now() + 12 * 86_400_000).toISOString(),
    fields: { 'vendor-account': 'plant', email: 'ada@plant.example' },
    facets: ['sign-in', 'seats', 'packages', 'validation', 'certificates'],
    ...part,
  })

const base = (): Scenario => ({
  rows: three(),
  accounts: [account(1), files()],
  vault: READY,
  setup: null,
  appearance: 'system',
  fail: {},
  tokenEnds: 5,
  tokenKept: false,
  tokenSub: null,
  earlierSub: null,
  nextLicense: null,
  tokenUntold: null,
  invalid: false,
  readOnly: null,
  settingsProblems: [],
  fetchProblem: null,
  staleKeys: [],
  refuseToDelete: [],
  unfinishedDelete: [],
  unfinishedWrite: null,
  refuseToWrite: [],
  packages: [
    onePackage('core', 'Core'),
    onePackage('motion-control', 'Motion control'),
    onePackage('vision', 'Vision'),
  ],
  registry: {
    host: 'registry.licensing.aica.tech',
    user: 'ada@demo.example',
    command:
      'cat aica-license.toml | docker login registry.licensing.aica.tech -u ada@demo.example --password-stdin',
    hasFile: false,
    program: 'docker',
  },
  seats: [seat('m1')],
  mostSeats: 1,
  seatsWhole: true,
  sessionLeft: null,
  validation: validation('VALID'),
  core: ONLINE,
  delayMs: 0,
})

const unreachable: ErrorView = {
  code: 'vendor-unreachable',
  args: { host: 'aidbox.app', why: 'network' },
  detail: null,
}
const refused: ErrorView = {
  code: 'vendor-unauthorized',
  args: { account: 'northwind', provider: 'aidbox' },
  detail: 'Token is not valid',
}

const inState = (state: AccountState): Partial<Scenario> => ({ accounts: [account(1, { state }), files()] })

export const DRAFT: SetupDraft = {
  step: 'where',
  path: null,
  fields: {},
  secretMissing: false,
  account: null,
  license: null,
  written: [],
}

const scenarios: Record<string, () => Partial<Scenario>> = {
  three: () => ({}),
  setup: () => ({ rows: [], accounts: [], setup: DRAFT, vault: { state: 'new', keyring: 'ready' } }),
  'setup-no-keyring': () => ({
    rows: [],
    accounts: [],
    setup: DRAFT,
    vault: { state: 'new', keyring: 'absent' },
  }),
  'setup-locked': () => ({
    rows: [],
    accounts: [],
    setup: DRAFT,
    vault: { state: 'new', keyring: 'locked' },
  }),
  'setup-resumed': () => ({
    rows: [],
    accounts: [],
    setup: {
      ...DRAFT,
      step: 'connect',
      path: { kind: 'account', provider: 'aidbox' },
      fields: { url: 'https://portal.example', name: 'north' },
      secretMissing: true,
    },
    vault: { state: 'new', keyring: 'ready' },
  }),
  'session-only': () => ({ vault: { state: 'session-only', keyring: 'absent' } }),
  empty: () => ({ rows: [], accounts: [] }),
  leaked: () => ({
    rows: three().map((one) => ({ ...one, ...(one.id === 'L3' && { leaked: true, status: 'leaked' }) })),
  }),
  'empty-aica': () => ({ rows: [], accounts: [plant()] }),
  'core-undetermined': () => ({ core: { kind: 'undetermined' } }),
  'core-offline': () => ({ core: { ...ONLINE, online: false } }),
  'core-away': () => ({
    core: {
      kind: 'unreachable',
      error: { code: 'vendor-unreachable', args: { host: 'localhost', why: 'refused' }, detail: null },
    },
  }),
  'empty-account': () => ({ rows: [], accounts: [account(1)] }),
  many: () => ({
    rows: many(10_000),
    accounts: [account(1), account(3, { name: 'contoso-health', subject: 'contoso-health' }), files()],
  }),
  local: () => ({ accounts: [account(1), local(), files()] }),
  odd: () => ({
    rows: odd(),
    accounts: [
      account(1),
      account(3, { name: 'A very long account name that somebody chose', address: 'local' }),
      files(),
    ],
  }),
  offline: () => inState({ kind: 'offline', error: unreachable }),
  failed: () => inState({ kind: 'failed', error: refused }),
  'session-ended': () => ({
    accounts: [
      account(1, {
        provider: 'aica',
        name: 'cell',
        address: 'https://licensing.aica.tech',
        fields: { 'vendor-account': 'cell', email: 'ada@cell.example' },
        state: {
          kind: 'failed',
          error: { code: 'vendor-session-expired', args: { account: 'cell' }, detail: null },
        },
      }),
      files(),
    ],
  }),
  instance: () => ({
    rows: [...three(), row({ id: 'L604', label: 'Northwind', ...INSTANCE_ROW })],
    accounts: [account(1), instance(), files()],
  }),
  'instance-empty': () => ({ rows: [], accounts: [instance()] }),
  session: () => ({
    rows: [
      row({
        id: 'L1',
        label: 'cell',
        accountId: 1,
        account: 'plant',
        product: 'aica',
        tier: null,
        hosting: null,
        used: { unit: 'seats', used: 1, most: 1 },
      }),
    ],
    accounts: [plant(), files()],
  }),
  missing: () => ({ accounts: [account(1, { missing: 2 }), files()] }),
  refreshing: () => inState({ kind: 'refreshing', done: 1400, total: 10_000 }),
  unsettled: () => ({
    accounts: [
      account(1, { unsettled: [{ verb: 'create', label: 'checkout-ci', at: new Date().toISOString() }] }),
      files(),
    ],
  }),
  unfetched: () => ({ fetchProblem: unreachable }),
  stale: () => ({ staleKeys: ['L2'] }),
  unreadable: () => ({ accounts: [account(1, { unreadable: 3 }), files()] }),
  lost: () => ({
    vault: { state: 'locked-by-keyring', keyring: 'lost-entry' },
    fail: { unlockKeyring: { code: 'keyring-lost-entry', args: {}, detail: null } },
  }),
  'slots-lost': () => ({ vault: { state: 'slots-lost', keyring: 'ready' } }),
  locked: () => ({ vault: { state: 'locked-by-keyring', keyring: 'locked' } }),
  away: () => ({ vault: { state: 'locked-by-keyring', keyring: 'absent' } }),
  passphrase: () => ({ vault: { state: 'locked-by-passphrase', keyring: 'absent' } }),
  slow: () => ({ rows: many(10_000), delayMs: 1_200 }),
  broken: () => ({ fail: { opening: { code: 'library-newer', args: {}, detail: null } } }),
  'unknown-outcome': () => ({
    fail: { create: { code: 'vendor-outcome-unknown', args: { host: 'aidbox.app' }, detail: null } },
  }),
}

export const SCENARIOS = Object.keys(scenarios)

export function scenario(name: string): Scenario {
  return { ...base(), ...scenarios[name]?.() }
}
