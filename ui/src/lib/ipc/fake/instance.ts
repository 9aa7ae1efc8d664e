/** Instances in memory. What is pasted says what is found: `other`, `torn`, `ended`, `forbidden`. */
import type { Backend } from '../backend'
import type {
  AppliedView,
  ApplyPreviewView,
  FindingView,
  InstanceView,
  TokenFieldsView,
  TokenSource,
  ReportedToken,
} from '../generated'
import { row } from './licenses'
import { refusal, type World } from './world'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** A token as an instance tells it. */
export const tokenOf = (part: Partial<TokenFieldsView> = {}): TokenFieldsView => ({
  status: 'valid',
  statusNumber: 1,
  jti: '41',
  iss: 'https://metrics-dashboard.com',
  sub: 'https://play.example/metrics',
  lid: '7001',
  company: 'Northwind',
  account: '12',
  slug: 'northwind',
  detailsUrl: 'https://metrics-dashboard.com/licenses/7001',
  limitBy: 'users',
  prod: ['metrics-dashboard-enterprise'],
  issued: inDays(-2),
  validFrom: inDays(-2),
  tokenExpires: inDays(5),
  licenseExpires: inDays(320),
  trial: false,
  trialExpires: null,
  usageBilling: false,
  includedUsers: 15,
  maxConcurrentUserSessions: 3,
  anonymousRatio: 0,
  licenseWarnDays: 30,
  tokenWarnDays: 2,
  updateDays: 1,
  other: [{ name: 'region', value: 'eu' }],
  ...part,
})

interface Held {
  now: TokenFieldsView | null
  before: TokenFieldsView | null
}

const wrong = (word: string, args: FindingView['args'] = {}): FindingView => ({ word, notice: false, args })

const findingsOf = (sub: string, root: string, said: string): FindingView[] => [
  ...(sub === root ? [] : [wrong('wrong-instance', { sub, root })]),
  ...(said.includes('ended') ? [wrong('token-expired', { at: inDays(-1) })] : []),
]

export function fakeInstance(world: World) {
  const { scene } = world
  const held = new Map<number, Held>()
  const find = (id: number) => {
    const account = scene.accounts.find((one) => one.id === id)
    if (account?.provider !== 'dashboard') throw refusal('facet-missing', { facet: 'instance-token' })
    const now = scene.rows.some(({ accountId }) => accountId === id)
      ? tokenOf({ tokenExpires: inDays(scene.tokenEnds) })
      : null
    const known = held.get(id) ?? firstOf(now)
    held.set(id, known)
    return { account, known, root: account.address }
  }
  /** What an instance has at first. */
  function firstOf(now: TokenFieldsView | null): Held {
    const { tokenSub, earlierSub } = scene
    return {
      now: now && tokenSub !== null ? { ...now, sub: tokenSub } : now,
      before: earlierSub === null ? null : tokenOf({ sub: earlierSub }),
    }
  }
  const read = (source: TokenSource, root: string): Omit<ApplyPreviewView, 'current'> => {
    const said = source.kind === 'file' ? source.path : source.text
    const torn = said.includes('torn')
    const sub = said.includes('other') ? 'https://other.example' : root
    const findings = [...(torn ? [wrong('not-a-jwt', { parts: '2' })] : []), ...findingsOf(sub, root, said)]
    const told = { status: null, statusNumber: null, jti: '42', sub, licenseExpires: inDays(700) }
    return {
      root,
      new: torn ? null : tokenOf({ ...told, includedUsers: 25 }),
      findings,
      passes: findings.length === 0,
    }
  }
  const told = (token: TokenFieldsView | null): ReportedToken =>
    scene.tokenUntold ? { kind: 'failed', error: scene.tokenUntold } : { kind: 'reported', token }
  const earlier = (id: number) => {
    const { known, root } = find(id)
    if (!known.before) throw refusal('nothing-to-restore')
    const at = known.before.tokenExpires
    const findings = [
      ...findingsOf(known.before.sub ?? root, root, ''),
      ...(at !== null && new Date(at) < new Date() ? [wrong('token-expired', { at })] : []),
    ]
    return { root, current: told(known.now), new: known.before, findings, passes: findings.length === 0 }
  }
  const licenseOf = (id: number) => scene.nextLicense ?? `L${600 + id}`
  const list = (id: number, name: string, now: TokenFieldsView | null) => {
    scene.rows = scene.rows.filter(({ accountId }) => accountId !== id)
    const label = now?.company ?? ''
    if (now) {
      const made = { id: licenseOf(id), label, accountId: id, account: name, product: 'dashboard' }
      scene.rows = [...scene.rows, row(made)]
    }
    world.changed()
  }
  const change = (id: number, now: TokenFieldsView, keep: boolean): AppliedView => {
    const { account, known } = find(id)
    held.set(id, { now, before: keep ? known.now : null })
    list(id, account.name, now)
    const license = licenseOf(id)
    return { token: now, license, findings: [], previousKept: keep && known.now !== null }
  }
  return {
    async instance(id: number): Promise<InstanceView> {
      const { known, root } = find(id)
      const usage = {
        activeUsers: 11,
        activeAdminsAndEditors: 4,
        activeViewers: 7,
        activeAnonymousDevices: 2,
      }
      return {
        account: id,
        root,
        valid: { kind: 'reported', valid: known.now !== null && !scene.invalid },
        token: told(known.now),
        findings: scene.invalid && known.now ? findingsOf(known.now.sub ?? root, root, '') : [],
        usage: { kind: 'reported', usage },
        held: known.now?.jti === '42',
        canRestore: known.before !== null,
        at: new Date().toISOString(),
      }
    },
    async preflightToken(id: number, source: TokenSource): Promise<ApplyPreviewView> {
      const { known, root } = find(id)
      return { ...read(source, root), current: told(known.now) }
    },
    async applyToken(id: number, source: TokenSource, force: boolean) {
      const seen = read(source, find(id).root)
      if (!seen.passes && !force) {
        throw refusal('preflight-failed', { findings: seen.findings.map(({ word }) => word).join(' ') })
      }
      if (!seen.new) throw refusal('vendor-rejected', { status: '400' }, 'license token is invalid')
      if (source.kind === 'text' && source.text.includes('forbidden'))
        throw refusal('vendor-forbidden', { permission: 'licensing:write' })
      return { ...change(id, seen.new, true), findings: seen.findings }
    },
    renewToken: async (id: number) => change(id, tokenOf({ jti: '43', tokenExpires: inDays(7) }), false),
    async removeToken(id: number, typed: string) {
      const { account, known, root } = find(id)
      if (typed.replace(/\/+$/, '') !== root) throw refusal('not-confirmed', { expected: root })
      held.set(id, { now: null, before: known.now })
      list(id, account.name, null)
    },
    preflightEarlier: async (id: number) => earlier(id),
    async restoreToken(id: number, force: boolean) {
      const seen = earlier(id)
      if (!seen.passes && !force) throw refusal('preflight-failed', { findings: 'token-expired' })
      return change(id, seen.new, true)
    },
  } satisfies Partial<Backend>
}
