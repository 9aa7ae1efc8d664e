/** The activity page. */
export const title = 'Activity'
export const intro = 'What was done in this library, by the window and by the command line. Newest first.'
export const loading = 'Loading activity'

export const empty = 'Nothing has happened yet'
export const emptyText = 'Connecting, creating, deleting, copying and writing files show up here.'
export const filter = 'Show'
export const filterAll = 'Everything'
export const filterLicenses = 'Licenses'
export const filterKeys = 'Keys'
export const filterFiles = 'Files'
export const filterAccounts = 'Accounts'
export const filterTroubled = 'Failed'
export const emptyFilter = 'Nothing of this kind so far'
export const emptyFilterText = 'Older entries may have some.'
export const showAll = 'Show everything'
export const older = 'Show older'
export const end = 'That is all'
export const today = 'Today'
export const yesterday = 'Yesterday'
export const open = (label: string) => `Open ${label}`
export const inAccount = (account: string) => `in ${account}`

/** A change of an instance's token that was refused, by its verb. */
export const notDone: Record<string, string> = {
  applied: 'Token was not accepted',
  'token-renewed': 'Token was not renewed',
  'token-removed': 'Token was not removed',
  'token-restored': 'Earlier token was not accepted',
}
/** A token that is for another instance, by the verb. */
export const elsewhere: Record<string, string> = {
  applied: 'Token for another instance applied',
  'token-restored': 'Earlier token for another instance restored',
}
export const notValid = 'Not valid'
export const stillLicensed = 'Still licensed'
export const valid = (until: string | null, users: string | null) =>
  [until === null ? 'Valid' : `Valid until ${until}`, users].filter((part) => part !== null).join(', ')
export const users = (count: string, one: boolean) => (one ? '1 user' : `${count} users`)
export const isFor = (sub: string) => `It is for ${sub}`
/** What an instance reports after a change of its token, by its code. */
export const reports: Record<string, string> = {
  'token-wrong-instance': 'It is for another instance',
  'token-not-valid': 'The instance reports no valid license',
  'token-unchecked': 'The instance did not report whether its license is valid',
  'token-gone': 'The instance reports no license',
  'token-left': 'The instance still reports a license',
}
