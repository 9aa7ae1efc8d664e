/** The detail of a made-up license. */
import type { Scenario } from './scenarios'
import type { ActivityView, DetailView, FileView, RowView } from '../generated'
import { stepsOf } from './next'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

export function fileOf(row: RowView): FileView[] {
  if (row.files === 'none') return []
  const aica = row.product === 'aica'
  const path = aica ? '/home/ada/.aica-license.toml' : `/home/ada/projects/${row.label}/.env`
  return [
    {
      id: Number.parseInt(row.id.slice(1), 10) * 10,
      path,
      shown: path,
      format: aica ? 'launcher-toml' : 'env',
      state: row.files,
      keep: row.files === 'up-to-date',
      inPlace: false,
      written: ago(2_900),
      expires: null,
    },
  ]
}

export function activityOf(row: RowView): ActivityView[] {
  const one = (id: number, verb: string, minutes: number, detail: string | null = null): ActivityView => ({
    id,
    at: ago(minutes),
    verb,
    account: row.account,
    license: row.id,
    label: row.label,
    outcome: 'done',
    detail,
    report: null,
  })
  const made = one(1, row.product === 'aica' ? 'imported' : 'created', 2_920)
  return row.files === 'none' ? [made] : [one(2, 'exported', 2_900, fileOf(row)[0]?.path), made]
}

const FORMATS: Record<string, string[]> = {
  aica: ['launcher-toml', 'certificate'],
  aidbox: ['env', 'jwt', 'k8s-secret', 'env-aidbox-license'],
  dashboard: ['jwt'],
}

export function detailOf(
  row: RowView,
  files: FileView[],
  { vault, tokenKept }: Pick<Scenario, 'vault' | 'tokenKept'>,
): DetailView {
  const aica = row.product === 'aica'
  const locked = vault.state.startsWith('locked')
  return {
    row,
    vendorId: aica ? '' : `4f2a91c7-77de-4c1b-9a40-${row.id.padStart(12, '0')}`,
    goal: aica ? null : 'development',
    created: aica ? null : ago(120_000),
    entitlements:
      row.entitlements?.map((name) => ({ code: name.toLowerCase().replaceAll(' ', '-'), name })) ?? null,
    limits: aica
      ? []
      : [
          { name: 'Instances', value: '1' },
          { name: 'Offline', value: 'no' },
        ],
    certificate: null,
    instanceOrigin: row.hosting === 'sandbox' ? 'https://northwind-demo.edge.aidbox.app' : null,
    key: {
      place: locked ? 'locked' : row.product === 'dashboard' && !tokenKept ? 'at-vendor' : 'kept',
      form: aica ? 'system' : 'jwt',
      stale: false,
      outdated: false,
      masked: locked ? null : aica ? '••••••-••••••-••••••-••••••-•••0F2-V3' : '••••••••••••w4Q',
      verified: aica ? 'not-applicable' : row.account === 'northwind' ? 'not-verified' : 'verified',
      claims: aica
        ? []
        : [
            { name: 'iss', value: 'https://aidbox.app' },
            { name: 'sub', value: row.label },
            { name: 'iat', value: '2026-09-14 08:12 UTC' },
            { name: 'entitlements', value: (row.entitlements ?? []).join(', ') },
          ],
    },
    files,
    activity: activityOf(row),
    formats: FORMATS[row.product] ?? [],
    offlineUntil: null,
    replacing: null,
    removal: aica ? 'remove' : 'vendor',
    facets: [],
    core: aica,
    steps: aica ? stepsOf(row) : [],
    leakedSince: row.leaked ? ago(90) : null,
    confirmWith: row.label,
    asOf: aica ? null : ago(4),
    fetchProblem: null,
  }
}
