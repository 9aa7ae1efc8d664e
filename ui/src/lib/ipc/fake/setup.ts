/** Connecting, importing, and what the wizard asks, in memory. */
import type { Backend } from '../backend'
import type {
  AccountView,
  ConnectRequest,
  ExportRequest,
  Imported,
  ImportPlan,
  Recognised,
  SetupDraft,
} from '../generated'
import { refusal, SYSTEM_KEY, type World } from './world'
import { on, row } from './licenses'
import { checkEncrypted, checkLogin, checkSecrets } from './logins'
import { account, DRAFT, READY } from './scenarios'

const SYSTEM = /\b(?:[0-9A-F]{6}-){5}V[0-9]+\b/

export function fakeSetup(world: World) {
  const { scene } = world
  const nextId = () => Math.max(3, ...scene.accounts.map(({ id }) => id)) + 1
  /** The system of the login that was tested last. */
  let provider = 'aidbox'
  const connect = (name: string, address: string, part: Partial<AccountView> = {}) => {
    if (!isOpen()) throw refusal('vault-locked')
    if (scene.accounts.some((one) => one.name === name)) throw refusal('account-name-taken', { name })
    const made = account(nextId(), { name, address, subject: name, asOf: null, ...part })
    scene.accounts = [...scene.accounts, made]
    if (scene.vault.state === 'new') scene.vault = READY
    return made
  }
  const keep = (name: string, address: string) => {
    const made = connect(name, address, { provider })
    scene.rows = [
      ...scene.rows,
      row({
        id: `L${made.id}00`,
        label: 'expired-box',
        accountId: made.id,
        account: name,
        tier: 'prod',
        status: 'expired',
        expiry: on(-40),
      }),
      row({ id: `L${made.id}01`, label: 'first-box', accountId: made.id, account: name }),
      row({ id: `L${made.id}02`, label: 'second-box', accountId: made.id, account: name, tier: 'prod' }),
    ]
    world.changed()
    return made
  }
  /** Whether a secret can be kept without asking anybody. */
  const isOpen = () =>
    scene.vault.state === 'new' ? scene.vault.keyring === 'ready' : !scene.vault.state.startsWith('locked')
  const importOne = (source: string, name: string | null): Imported => {
    if (!isOpen()) throw refusal('vault-locked')
    if (source.endsWith('.lic')) {
      return { source, license: null, label: null, known: false, error: refusal('certificate-needs-key') }
    }
    if (source.includes('broken')) {
      return { source, license: null, label: null, known: false, error: refusal('key-none') }
    }
    const known = scene.rows.find(({ product }) => product === 'aica')
    if (known) return { source, license: known.id, label: known.label, known: true, error: null }
    const label = name ?? 'AICA license 0F2'
    const bare = { tier: null, hosting: null, expiry: null, entitlements: null, status: 'unknown' }
    scene.rows = [
      ...scene.rows,
      row({ id: 'L900', label, named: false, accountId: 2, account: 'files', product: 'aica', ...bare }),
    ]
    world.changed()
    return { source, license: 'L900', label, known: false, error: null }
  }
  return {
    async recognise(text: string): Promise<Recognised> {
      const plain = text.trim()
      if (SYSTEM.test(plain)) {
        return { kind: 'key', form: 'system', product: 'aica', inFile: plain.includes('='), remark: null }
      }
      if (plain.startsWith('-----BEGIN LICENSE FILE-----')) {
        return { kind: 'key', form: 'certificate', product: null, inFile: false, remark: null }
      }
      if (plain.startsWith('key/')) {
        return { kind: 'key', form: 'deployment', product: 'aica', inFile: false, remark: null }
      }
      if (plain.startsWith('eyJ'))
        return { kind: 'key', form: 'jwt', product: null, inFile: false, remark: null }
      if (plain.startsWith('licet_')) return { kind: 'token', provider: 'aidbox' }
      if (/^https?:\/\//.test(plain)) return { kind: 'url', url: plain }
      if (/^[0-9A-F]{4,8}-[0-9A-F]/i.test(plain)) {
        return { kind: 'mistake', error: refusal('key-system-group', { group: '3' }) }
      }
      return { kind: 'nothing' }
    },
    foundFiles: async () =>
      scene.setup ? [{ path: '/home/ada/.aica-license.toml', form: 'system', alreadyKnown: false }] : [],
    async testAccount(request: ConnectRequest) {
      const movedTo = checkLogin(request)
      provider = request.provider
      return {
        ticket: `ticket ${request.fields.url ?? ''}`,
        subject: 'northwind',
        licenses: 14,
        suggestedName: 'northwind 2',
        already: scene.accounts.find(({ subject }) => subject === 'northwind')?.name ?? null,
        movedTo,
      }
    },
    async newLogin(id: number, fields: Record<string, string>, secrets: Record<string, string>) {
      const found = scene.accounts.find((one) => one.id === id) ?? account(id)
      checkEncrypted(found.address, { ...found.fields, ...fields })
      if (fields['public-key']?.includes('other')) throw refusal('vendor-signature-bad')
      checkSecrets(found.provider, secrets)
      if (secrets.token?.includes('other')) throw refusal('login-other', { account: found.name })
      found.state = { kind: 'ready' }
      found.fields = { ...found.fields, ...fields }
      world.changed()
      return found
    },
    async editAccount(id: number, fields: Record<string, string>) {
      const found = scene.accounts.find((one) => one.id === id) ?? account(id)
      const { registry = '', 'confirm-registry': again = '' } = { ...found.fields, ...fields }
      if (registry.includes(' ')) throw refusal('field-invalid', { field: 'registry' })
      if (registry !== '' && !registry.endsWith('aica.tech') && again !== registry) {
        throw refusal('host-not-confirmed', { host: registry, field: 'confirm-registry' })
      }
      found.fields = { ...found.fields, ...fields }
      world.changed()
      return found
    },
    keepAccount: async (ticket: string, name: string) => keep(name, ticket.replace('ticket ', '')),
    async connectLocal(name: string) {
      const made = connect(name, 'local')
      world.changed()
      return made
    },
    async planImport(text: string): Promise<ImportPlan> {
      if (!SYSTEM.test(text)) throw refusal('key-none')
      const known = scene.rows.find(({ product }) => product === 'aica')
      return {
        license: known?.id ?? null,
        name: known?.label ?? 'AICA license 0F2',
        formats: ['launcher-toml'],
      }
    },
    suggestedImportPath: async () => '/home/ada/.aica-license.toml',
    async previewImport(_text: string, _name: string | null, { path }: ExportRequest) {
      const wrong = path.startsWith('/nowhere') ? refusal('file-folder-missing', { path }) : null
      const exists = path.startsWith('/srv/there')
      return {
        text: wrong ? null : 'License = "••••••-••••••-••••••-••••••-•••0F2-V3"\n',
        exists,
        backup: exists,
        replaces: path.startsWith('/srv/other') ? 'robot' : null,
        openToOthers: false,
        others: { owner: null, users: [], groups: [], canChange: false, everybodyCanChange: false },
        reader: null,
        outdated: false,
        problem: wrong,
      }
    },
    async importText(text: string, name: string | null) {
      if (text.startsWith('-----BEGIN LICENSE FILE-----')) throw refusal('certificate-needs-key')
      if (!SYSTEM.test(text) && !text.includes(SYSTEM_KEY)) throw refusal('key-none')
      return importOne('pasted text', name)
    },
    importPaths: async (paths: string[]) => paths.map((path) => importOne(path, null)),
    async saveDraft(draft: SetupDraft) {
      scene.setup = draft
    },
    async finishSetup() {
      scene.setup = null
    },
    async startSetup() {
      scene.setup = DRAFT
      return DRAFT
    },
  } satisfies Partial<Backend>
}
