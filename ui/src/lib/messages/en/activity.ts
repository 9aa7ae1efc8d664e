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
export const filterTroubled = 'Not done'
export const emptyFilter = 'Nothing of this kind so far'
export const emptyFilterText = 'Older entries may have some.'
export const showAll = 'Show everything'
export const older = 'Show older'
export const end = 'That is all'
export const today = 'Today'
export const yesterday = 'Yesterday'
export const open = (label: string) => `Open ${label}`
export const inAccount = (account: string) => `in ${account}`
