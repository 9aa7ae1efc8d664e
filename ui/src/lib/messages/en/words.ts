/** The field's words for what crosses as a code. A word that is not here is shown as the vendor sent it. */
import type { FileStateView, ListView, SortColumn } from '../../ipc/generated'
import { productTitle, variableOf, vendorTitle } from '../vocabulary'

const tiers: Record<string, string> = { dev: 'Dev', prod: 'Prod', ci: 'CI' }
const hostings: Record<string, string> = { 'self-hosted': 'Self-hosted', sandbox: 'Sandbox', aws: 'AWS' }
const statuses: Record<string, string> = {
  valid: 'Valid',
  'expires-soon': 'Expires soon',
  expired: 'Expired',
  suspended: 'Suspended',
  banned: 'Banned',
  leaked: 'Leaked',
  'wrong-instance': 'Wrong instance',
  gone: 'Gone',
  unknown: 'Unknown',
}
const ENV = '.env file'
const BESIDE_COMPOSE = 'beside docker compose'
const formats: Record<string, string> = {
  'launcher-toml': 'Launcher file',
  certificate: 'Certificate',
  env: ENV,
  jwt: 'JWT file',
  'k8s-secret': 'Kubernetes secret',
}
const formatHints: Record<string, string> = {
  'launcher-toml': 'TOML that the launcher reads',
  certificate: 'For use offline, created now',
  env: BESIDE_COMPOSE,
  jwt: 'the license string alone',
  'k8s-secret': 'for kubectl apply',
}
const keyForms: Record<string, string> = {
  system: 'System License',
  deployment: 'Deployment Key',
  jwt: 'License JWT',
  certificate: 'License certificate',
}
const goals: Record<string, string> = {
  development: 'Development',
  research: 'Research',
  evaluation: 'Evaluation',
}
const views: Record<ListView, string> = {
  all: 'All licenses',
  'expiring-soon': 'Expiring soon',
  expired: 'Expired',
  development: 'Development',
  production: 'Production',
  sandbox: 'Sandbox',
}
const columns: Record<string, string> = {
  name: 'Name',
  product: 'Product',
  account: 'Account',
  type: 'Type',
  hosting: 'Hosting',
  expiry: 'Expires',
  used: 'Used',
  entitlements: 'Entitlements',
  status: 'Status',
} satisfies Record<SortColumn, string> & Record<string, string>
const fileStates: Record<FileStateView, string> = {
  'up-to-date': 'Up to date',
  outdated: 'Outdated',
  drifted: 'Differs from the license',
  interrupted: 'Incomplete',
  missing: 'Missing',
}
const verbs: Record<string, string> = {
  created: 'Created',
  deleted: 'Deleted',
  revealed: 'Key revealed',
  copied: 'Key copied',
  exported: 'File written',
  repaired: 'File repaired',
  replaced: 'Replaced',
  imported: 'Imported',
  removed: 'Removed',
  connected: 'Account connected',
  disconnected: 'Account removed',
  renamed: 'Account renamed',
  edited: 'Account changed',
  refreshed: 'Refreshed',
  renewed: 'Renewed',
  'signed-out': 'Logged out',
  released: 'Seat released',
  'checked-out': 'Offline certificate created',
  'registry-login': 'Registry login',
  applied: 'Token applied',
  'token-renewed': 'Token renewed',
  'token-removed': 'Token removed',
  'token-restored': 'Earlier token restored',
  leaked: 'Marked as leaked',
  'leak-taken-back': 'Not leaked after all',
  'key-removed': 'Leaked key removed',
  'backup-restored': 'Backup restored',
  'backup-removed': 'Backup removed',
}
const outcomes: Record<string, string> = { done: 'Done', failed: 'Failed', unknown: 'Outcome unknown' }
const paramValues: Record<string, string> = {
  ...tiers,
  ...hostings,
  ...goals,
  latest: 'Latest',
  edge: 'Edge',
}

const word = (table: Record<string, string>) => (code: string) => table[code] ?? code

export const productName = productTitle
export const vendorName = vendorTitle
/** The account of imported keys is called `files` by programs, and the same everywhere on the screen. */
export const accountName = (name: string) => (name === 'files' ? 'Imported keys' : name)
export const tier = word(tiers)
export const hosting = word(hostings)
export const status = word(statuses)
export const statusIs = (status: string) => `Status: ${status}`
/** An env file with another variable than the usual is told apart by it. */
export const format = (code: string) => {
  const variable = variableOf(code)?.variable
  return formats[code] ?? (variable === undefined ? code : `${ENV}, ${variable}`)
}
export const formatHint = (code: string) =>
  formatHints[code] ?? (variableOf(code) === null ? '' : BESIDE_COMPOSE)
export const keyForm = word(keyForms)
export const goal = word(goals)
export const view = (code: ListView) => views[code]
export const column = word(columns)
export const fileState = (code: FileStateView) => fileStates[code]
export const verb = word(verbs)
export const outcome = word(outcomes)
export const paramValue = word(paramValues)
export const quoted = (words: string) => `“${words}”`
export const vendorSays = (words: string) => `vendor says: ${words}`

const flags: Record<string, string> = { true: 'Yes', false: 'No' }
export const factValue = word(flags)

const initials = new Set(['aws', 'ci', 'fhir', 'id', 'ip', 'url'])

/** A vendor's name of a fact: `max-instances` reads as "Max instances". */
export function factName(name: string): string {
  if (!/^[a-z]+(?:[-_][a-z]+)*$/.test(name)) return name
  const words = name
    .split(/[-_]/)
    .map((part) => (initials.has(part) ? part.toUpperCase() : part))
    .join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
