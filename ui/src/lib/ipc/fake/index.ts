/** An in-memory double of the program behind the window, for looking at it in a browser and for tests. */
import { sameText } from '../../format/text'
import type { Backend } from '../backend'
import type { AccountView, DetailView, ListQuery, Opening, SettingsView, VaultView } from '../generated'
import { fakeAttention } from './attention'
import { detailOf, activityOf } from './detail'
import { row } from './licenses'
import { fakeNext } from './next'
import { fakeSelection } from './selection'
import { answer, choose, countsOf } from './query'
import { account, DRAFT, READY, scenario, type Scenario } from './scenarios'
import { fakeBackups } from './backups'
import { fakeExport } from './exporting'
import { fakeInstance } from './instance'
import { fakePackages } from './packages'
import { fakeReplace } from './replace'
import { fakeRun } from './run'
import { fakeSeats } from './seats'
import { fakeSetup } from './setup'
import { choices, PRODUCTS, VENDORS } from './vendors'
import { refusal, SYSTEM_KEY, World } from './world'

export { SYSTEM_KEY, World } from './world'

/** Stands in no build but the one for looking: a test searches the shipped one for it. */
const FAKE_MARKER = 'licet-fake-backend'

/** The double of a scenario, and the world that it answers from. */
export function fake(scene: Scenario = scenario('three')): { backend: Backend; world: World } {
  const world = new World(scene)
  const exporting = fakeExport(world)
  const changed = changing(world)
  const backend: Backend = {
    ...reading(world),
    ...fakeSetup(world),
    ...changed,
    ...exporting,
    ...fakeBackups(world),
    ...fakeRun(world, exporting),
    ...fakeReplace(world, changed),
    ...fakeSeats(world),
    ...fakePackages(world),
    ...fakeNext(world),
    ...fakeAttention(world),
    ...fakeSelection(world),
    ...fakeInstance(world),
    listen: (heard) => Promise.resolve(world.hear(heard)),
  }
  return { backend: watched(backend, world), world }
}

/** The double that the page's address asks for: `?scenario=many&theme=dark`. */
export function fromAddress(search: string): Backend {
  const asked = new URLSearchParams(search)
  const scene = scenario(asked.get('scenario') ?? 'three')
  const theme = asked.get('theme')
  if (theme === 'light' || theme === 'dark') scene.appearance = theme
  document.documentElement.dataset.backend = FAKE_MARKER
  return fake(scene).backend
}

/** Notes every call, waits as the scenario or a test says, and fails where it says so. */
function watched(backend: Backend, world: World): Backend {
  return new Proxy(backend, {
    get(target, name: keyof Backend) {
      // A promise asks whatever it resolves to for `then`.
      if (!(name in target)) return undefined
      const method = target[name] as (...args: unknown[]) => Promise<unknown>
      return async (...args: unknown[]) => {
        world.calls.push([name, ...args])
        await world.held.get(name)
        if (world.scene.delayMs > 0) await new Promise((wake) => setTimeout(wake, world.scene.delayMs))
        const failure = world.scene.fail[name]
        if (failure && name === 'create') return { kind: 'unknown', error: failure }
        if (failure) throw failure
        const answer = await method(...args)
        await world.late.get(name)
        // What crosses is a copy, as it is behind a real window.
        return name === 'listen' ? answer : structuredClone(answer)
      }
    },
  })
}

/** What of a license its account decides: what is offered beside the list, and whether the vendor deletes for a program. */
function ofAccount(account: AccountView | undefined): Partial<DetailView> {
  const vendor = VENDORS.find(({ provider }) => provider === account?.provider)
  const told = { facets: account?.facets ?? [], asOf: account?.asOf ?? null }
  return vendor && !vendor.creates ? { ...told, removal: 'nowhere' } : told
}

function reading(world: World) {
  const { scene } = world
  return {
    painted: async () => {},
    zoom: async () => {},
    async opening(query: ListQuery): Promise<Opening> {
      return {
        version: '0.1.0',
        setup: scene.setup,
        accounts: scene.accounts,
        counts: countsOf(scene.rows),
        vault: scene.vault,
        settings: world.settings,
        readOnly: scene.readOnly,
        settingsProblems: scene.settingsProblems,
        vendors: VENDORS,
        products: PRODUCTS,
        list: answer(scene.rows, query, 0, 100),
        givenPaths: [],
      }
    },
    list: async (query: ListQuery, offset: number, limit: number) => answer(scene.rows, query, offset, limit),
    async place(query: ListQuery, license: string) {
      const at = choose(scene.rows, query).findIndex(({ id }) => id === license)
      return at < 0 ? null : at
    },
    counts: async () => countsOf(scene.rows),
    accounts: async () => scene.accounts,
    detail: async (license: string) =>
      world.seen({
        ...detailOf(world.row(license), world.files.get(license) ?? [], scene.vault),
        ...ofAccount(scene.accounts.find(({ name }) => name === world.row(license).account)),
      }),
    async fetchAgain(license: string) {
      world.fresh.add(license)
      world.changed()
    },
    async reveal(license: string) {
      if (scene.vault.state.startsWith('locked')) throw refusal('keyring-locked')
      return {
        key: world.row(license).product === 'aica' ? SYSTEM_KEY : 'eyJhbGciOiJFZERTQSJ9.eyJzdWIi',
        seconds: 30,
      }
    },
    async copyKey(license: string) {
      if (scene.vault.state.startsWith('locked')) throw refusal('keyring-locked')
      world.clipboard.push(license)
      return { seconds: 10 }
    },
    async copyText(text: string) {
      world.clipboard.push(text)
    },
    activity: async (before: number | null, limit: number) =>
      scene.rows
        .slice(0, 400)
        .flatMap((one, at) => activityOf(one).map((act) => ({ ...act, id: 10_000 - at * 2 - act.id })))
        .filter(({ id }) => before === null || id < before)
        .slice(0, limit),
    stored: async () => [
      { what: 'data-key', label: 'Licet data key', place: 'keyring', path: null, count: 1, sentTo: null },
      {
        what: 'account-token',
        label: 'northwind',
        place: 'library-sealed',
        path: null,
        count: 1,
        sentTo: 'aidbox.app',
      },
      {
        what: 'license-key',
        label: 'License keys',
        place: 'library-sealed',
        path: null,
        count: scene.rows.length,
        sentTo: null,
      },
      {
        what: 'library',
        label: 'Library',
        place: 'file',
        path: '/home/ada/.local/share/licet/library.sqlite3',
        count: 1,
        sentTo: null,
      },
      {
        what: 'settings',
        label: 'Settings',
        place: 'file',
        path: '/home/ada/.config/licet/settings.toml',
        count: 1,
        sentTo: null,
      },
      {
        what: 'portal',
        label: '',
        place: 'file',
        path: '/home/ada/.local/share/licet/portal',
        count: 1,
        sentTo: null,
      },
      ...[...world.files.values()].flat().map(({ path }) => ({
        what: 'license-file',
        label: path.split('/').at(-1) ?? path,
        place: 'file',
        path,
        count: 1,
        sentTo: null,
      })),
    ],
  } satisfies Partial<Backend>
}

function changing(world: World) {
  const { scene } = world
  /** As Licet does, tells how secrets are kept now. */
  const unlocked = (vault: VaultView) => {
    scene.vault = vault
    world.tell({ kind: 'vault-changed', vault })
    return vault
  }
  const drop = (license: string, typed: string) => {
    if (!sameText(typed, world.row(license).label)) throw refusal('not-confirmed')
    scene.rows = scene.rows.filter(({ id }) => id !== license)
    world.changed()
  }
  return {
    createForm: async (id: number) => ({
      account: id,
      choices: choices(scene.accounts.find((one) => one.id === id)?.address === 'local'),
    }),
    sameName: async (id: number, name: string) =>
      scene.rows.filter((one) => one.accountId === id && one.label === name.trim()).length,
    async create({ account: id, name, choices: chosen }: Parameters<Backend['create']>[0]) {
      const license = `L${Math.max(0, ...scene.rows.map((one) => Number.parseInt(one.id.slice(1), 10))) + 1}`
      const owner = scene.accounts.find((one) => one.id === id)
      const made = {
        id: license,
        label: name,
        accountId: id,
        account: owner?.name ?? '',
        tier: chosen.type ?? 'dev',
      }
      scene.rows = [...scene.rows, row({ ...made, hosting: chosen.hosting ?? 'self-hosted' })]
      world.changed()
      return { kind: 'done', license } as const
    },
    async remove(license: string, typed: string) {
      drop(license, typed)
      return { kind: 'done', license: null } as const
    },
    removeLicense: async (license: string, typed: string) => drop(license, typed),
    async refresh(id: number | null) {
      for (const one of scene.accounts) {
        if (one.provider === 'files' || (id !== null && one.id !== id)) continue
        one.asOf = new Date().toISOString()
        if (one.state.kind === 'refreshing') one.state = { kind: 'ready' }
        world.tell({ kind: 'account-changed', account: structuredClone(one) })
      }
    },
    cancelRefresh: async () => {},
    async unlockKeyring() {
      if (scene.vault.keyring === 'absent') throw refusal('keyring-unavailable')
      return unlocked(READY)
    },
    async unlockWithPassphrase(passphrase: string) {
      if (passphrase !== 'open sesame') throw refusal('passphrase-wrong')
      return unlocked({ ...READY, keyring: scene.vault.keyring })
    },
    async setPassphrase() {
      return unlocked({ state: 'unlocked', keyring: scene.vault.keyring })
    },
    async sessionOnly() {
      return unlocked({ state: 'session-only', keyring: scene.vault.keyring })
    },
    async forgetSecrets(typed: string) {
      if (typed !== 'forget secrets') throw refusal('not-confirmed')
      const { keyring } = scene.vault
      scene.vault = { state: 'new', keyring: keyring === 'lost-entry' ? 'ready' : keyring }
      world.changed()
      return scene.vault
    },
    async changeSettings(settings: SettingsView) {
      world.settings = settings
      world.changed()
      return { settings, problems: scene.settingsProblems }
    },
    async forgetEverything() {
      scene.rows = []
      scene.accounts = []
      scene.setup = DRAFT
      world.changed()
    },
    async renameAccount(id: number, name: string) {
      const found = scene.accounts.find((one) => one.id === id) ?? account(id)
      if (scene.accounts.some((one) => one.id !== id && one.name === name))
        throw refusal('name-taken', { name })
      found.name = name
      for (const one of scene.rows) if (one.accountId === id) one.account = name
      world.changed()
      return found
    },
    async removeAccount(id: number, typed: string) {
      if (scene.accounts.find((one) => one.id === id)?.name !== typed.trim()) throw refusal('not-confirmed')
      scene.accounts = scene.accounts.filter((one) => one.id !== id)
      scene.rows = scene.rows.filter(({ accountId }) => accountId !== id)
      world.changed()
      return scene.sessionLeft
    },
    openPage: async () => {},
    openPortal: async () => {},
  } satisfies Partial<Backend>
}
