/** Made-up licenses for looking at the window and for tests. */
import type { ExpiryView, RowView } from '../generated'

const DAY = 86_400_000

export function on(days: number): ExpiryView {
  return { kind: 'on', at: new Date(Date.now() + days * DAY + 3_600_000).toISOString(), days }
}

const BLANK: RowView = {
  id: 'L0',
  label: '',
  named: true,
  accountId: 1,
  account: 'northwind',
  product: 'aidbox',
  tier: 'dev',
  hosting: 'self-hosted',
  status: 'valid',
  vendorStatus: null,
  unused: false,
  expiry: { kind: 'never' },
  entitlements: ['FHIR server', 'Terminology'],
  files: 'none',
  leaked: false,
  used: null,
  pending: null,
}

export const row = (part: Partial<RowView>): RowView => ({ ...BLANK, ...part })

export function three(): RowView[] {
  return [
    row({ id: 'L1', label: 'checkout-dev', files: 'up-to-date' }),
    row({
      id: 'L2',
      label: 'clinic-production',
      tier: 'prod',
      status: 'expires-soon',
      expiry: on(12),
      entitlements: ['FHIR server', 'Terminology', 'MPI', 'Subscriptions'],
      files: 'drifted',
    }),
    row({
      id: 'L3',
      label: 'AICA license 0F2',
      named: false,
      accountId: 2,
      account: 'files',
      product: 'aica',
      tier: null,
      hosting: null,
      expiry: null,
      status: 'unknown',
      entitlements: null,
      files: 'missing',
    }),
  ]
}

/** Names that tests layouts: long, right to left, emoji, markup, quotes and line separators. */
export function odd(): RowView[] {
  const long =
    'the-quite-astonishingly-long-name-of-a-license-that-somebody-made-for-the-second-staging-cluster-in-the-north'
  return [
    ...three(),
    row({
      id: 'L10',
      label: long,
      entitlements: ['Everything that the vendor ever sold under one roof', long],
    }),
    row({ id: 'L11', label: 'רישיון לפיתוח — סביבת בדיקות', hosting: 'sandbox' }),
    row({ id: 'L12', label: 'رخصة الإنتاج الرئيسية', tier: 'prod', expiry: on(340) }),
    row({ id: 'L13', label: '🚀 rocket 👩🏽‍🚀 launch', tier: 'ci', expiry: on(1), status: 'expires-soon' }),
    row({ id: 'L14', label: '<b onclick="alert(1)">bold</b> & <script>', hosting: 'sandbox' }),
    row({ id: 'L15', label: `it's "quoted" — ‘twice’`, status: 'expired', expiry: on(-40) }),
    row({ id: 'L16', label: '日本の開発用ライセンス', hosting: 'aws', status: 'suspended' }),
    row({ id: 'L17', label: 'Café (decomposed e\u0301)', status: 'unknown', vendorStatus: 'PAUSED' }),
    row({ id: 'L18', label: 'deleted-maybe', pending: 'delete-unknown' }),
    row({ id: 'L19', label: 'gone-from-vendor', status: 'gone', expiry: on(90) }),
  ]
}

const PLACES = ['clinic', 'lab', 'billing', 'intake', 'registry', 'imaging', 'pharmacy', 'claims', 'triage']
const STAGES = ['dev', 'staging', 'review', 'production', 'load-test', 'sandbox', 'demo', 'ci']
const ENTITLEMENTS = ['FHIR server', 'Terminology', 'MPI', 'Subscriptions', 'Analytics', 'Forms']

export function many(count: number): RowView[] {
  return Array.from({ length: count }, (_, at) => oneOfMany(at))
}

function oneOfMany(at: number): RowView {
  const stage = STAGES[(at * 7) % STAGES.length] ?? 'dev'
  const days = ((at * 37) % 420) - 25
  const tier = stage === 'production' ? 'prod' : stage === 'ci' ? 'ci' : 'dev'
  const expires = tier !== 'dev'
  return row({
    id: `L${at + 1}`,
    label: `${PLACES[at % PLACES.length] ?? ''}-${stage}-${String(at + 1).padStart(4, '0')}`,
    accountId: at % 3 === 0 ? 3 : 1,
    account: at % 3 === 0 ? 'contoso-health' : 'northwind',
    tier,
    hosting: stage === 'sandbox' ? 'sandbox' : 'self-hosted',
    expiry: expires ? on(days) : { kind: 'never' },
    status: !expires ? 'valid' : days < 0 ? 'expired' : days <= 30 ? 'expires-soon' : 'valid',
    entitlements: ENTITLEMENTS.slice(at % 3, (at % 3) + 1 + (at % 4)),
    files: at % 11 === 0 ? 'up-to-date' : at % 53 === 0 ? 'drifted' : 'none',
  })
}
