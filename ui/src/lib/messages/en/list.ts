import type { GroupBy, UseUnit } from '../../ipc/generated'
import { count as inWords } from '../../format/numbers'

export const views = 'Views'
export const accounts = 'Accounts'
export const addAccount = 'Add account'
export const newLicense = 'New license'
export const refresh = 'Refresh'
export const search = 'Search licenses'
export const searchHint = 'Search or filter, e.g. type:dev'
export const clearSearch = 'Clear search'
export const activity = 'Activity'
export const settings = 'Settings'
export const shortcuts = 'Keyboard shortcuts'
export const openPortal = 'Open the local portal'
export const importFiles = 'Import license files…'
export const sidebar = 'Accounts and views'
export const openSidebar = (problems: string | null) =>
  problems === null ? sidebar : `${sidebar}, ${problems}`
export const backTo = (list: string) => `Back to ${list}`
export const gridLabel = (view: string) => `Licenses: ${view}`
export const count = (total: string, one: boolean) => (one ? '1 license' : `${total} licenses`)
export const asOf = (time: string) => `as of ${time}`
export const refreshing = (done: string, total: string | null) =>
  total === null ? `Refreshing, ${done} so far` : `Refreshing, ${done} of ${total}`
export const removeFilter = (word: string) => `Remove filter ${word}`
export const filters = 'Filters'
export const clearFilters = 'Clear filters'
export const filterNot = (field: string, value: string) => `${field}: not ${value}`
export const filterIs = (field: string, value: string) => `${field}: ${value}`
export const badFilterTitle = 'No licenses shown'
export const badFilterText = 'Licet shows licenses again once it can read the search.'
export const suggestions = 'Filters'
export const columns = 'Choose columns'
export const group = 'Group'
export const groupBy = (by: string) => `Group: ${by}`
export const noGroup = 'None'
export const groupings: Record<GroupBy, string> = {
  vendor: 'Vendor',
  account: 'Account',
  expiry: 'Expiry',
  type: 'Type',
}
export const expiryGroups: Record<string, string> = {
  expired: 'Expired',
  'this-week': 'This week',
  'next-week': 'Next week',
  later: 'Later',
  never: 'Never expires',
  none: 'Unknown expiry',
}
export const noType = 'No type'
/** A heading for screen readers. */
export const groupName = (name: string, licenses: string) => `${name}, ${licenses}`
export const usedOf = (used: string, most: string) => `${used}/${most}`
const units: Record<UseUnit, [one: string, many: string]> = {
  seats: ['seat', 'seats'],
  users: ['user', 'users'],
}
/** "1 of 1 seats used", in full. */
export const usedName = (unit: UseUnit, used: number | null, most: number | null) => {
  const [one, many] = units[unit]
  const of = (number: number) => (number === 1 ? `1 ${one}` : `${inWords(number)} ${many}`)
  if (used === null)
    return most === null ? `Used ${many} unknown` : `Used ${many} unknown, ${of(most)} included`
  return most === null ? `${of(used)} used` : `${inWords(used)} of ${inWords(most)} ${many} used`
}
export const sortBy = (name: string) => `Sort by ${name}`
export const columnHidden = (name: string) => `Column “${name}” hidden`
export const pendingDelete = 'Delete sent, outcome unknown'
export const filesDrifted = 'A license file differs'
export const filesInterrupted = 'A license file is incomplete'
export const filesMissing = 'A license file is missing'
export const filesFine = 'License files up to date'
/** What a row is called where it is read aloud. */
export const rowName = (license: string, status: string, expires: string) =>
  `${license}, ${status}, ${expires}`
export const columnUnder = 'More'
export const unknownExpiry = 'Unknown'
export const unreadableExpiry = 'Unreadable date'
export const neverExpires = 'Never expires'

export const emptyTitle = 'No licenses yet'
export const emptyText =
  'Connect an account to see its licenses, or drop a license file anywhere on this window.'
export const emptyAccountTitle = 'This account has no licenses yet'
export const emptyAccountText = 'Create the first one here. It appears in the list at once.'
export const noResultsTitle = 'Nothing matches'
export const noResultsText = (text: string) => `No license in this view matches “${text}”.`
export const emptyViewTitle: Record<string, string> = {
  'expiring-soon': 'Nothing expires soon',
  expired: 'Nothing has expired',
  development: 'No development licenses',
  production: 'No production licenses',
  sandbox: 'No sandbox licenses',
  files: 'No license files written yet',
}
export const emptyViewText: Record<string, string> = {
  'expiring-soon': 'Licenses that expire soon appear here.',
  expired: 'Expired licenses appear here, with what to do next.',
  development: 'Licenses of type Dev show up here.',
  production: 'Licenses of type Prod show up here.',
  sandbox: 'Hosted sandbox instances show up here.',
  files: 'Select a license and press Ctrl+E to write the file that a launcher or instance reads.',
}
export const showAll = 'Show all licenses'

export const offlineMany = (number: string) => `${number} accounts are offline`
export const offlineManyText = (names: string) => `${names}. You see what was known before.`
export const offlineTitle = (account: string) => `${account} is offline`
export const offlineText = (since: string | null) =>
  since ? `You see what was known as of ${since}.` : 'Nothing has been fetched yet.'
export const failedTitle = (account: string) => `${account} could not be refreshed`
/** Where another login is all that is needed. */
export const loginTitle = (account: string) => `Log in to “${account}” again`
export const missingText =
  'The vendor counted more licenses than it sent, or sent one twice. Until that is settled, no license counts as gone. Refresh. If the problem persists, look at the vendor’s own page.'
export const openToSee = 'Open to see'
export const entitledTitle = (first: string) =>
  `Entitlements of the first ${first} licenses came with the list`
export const entitledText =
  'Those of the others, and any that the vendor did not tell then, come when you open them; a search for an entitlement misses them until then.'
export const unreadableTitle = (account: string, told: string) => `${account}: ${told}`
export const unreadableText =
  'The vendor sent an entry that this version of Licet cannot read as a license. The list may lack it. Until that is settled, no license counts as gone. Refresh. If the problem persists, look at the vendor’s own page, or update Licet.'
export const keyringLocked = 'Your keyring is locked'
export const keyringLockedText =
  'The list works. Keys can be copied, revealed and written once it is unlocked.'
export const keyringAbsent = 'The keyring is not available'
export const keyringAbsentText =
  'Licet keeps its key in the keyring, which is not available. The list works. Keys stay locked until the keyring is back.'
export const passphraseLocked = 'Keys are sealed by your passphrase'
export const passphrase = 'Passphrase'
export const unlock = 'Unlock'
export const unlocking = 'Waiting for the keyring…'
export const unsettled = (count: number) =>
  count === 1 ? '1 request without an answer' : `${count} requests without an answer`
export const unsettledText = (verb: string, label: string) =>
  verb === 'create'
    ? `Whether “${label}” was created is not known yet. Licet looks before anything is sent again.`
    : `Whether “${label}” was deleted is not known yet. Licet looks before anything is sent again.`
export const lookNow = 'Look now'

export const selectedCount = (count: string) => `${count} selected`
export const clearSelection = 'Clear selection'
export const copyNames = 'Copy names'
export const copyName = 'Copy name'
export const selectTitle = 'Select a license'
export const selectText = 'Its details, key and license files appear here.'
export const selectHint = 'Move through the list'
export const manySelectedText = 'Select one license to see its details, key and files.'
