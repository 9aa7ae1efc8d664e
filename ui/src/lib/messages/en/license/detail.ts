export const pane = 'License details'
export const loading = 'Loading details'
export const writeFile = 'Write file'
export const copyKey = 'Copy key'
export const copiedKey = (seconds: number) => `Copied, cleared in ${seconds} s`
export const reveal = 'Reveal'
export const hide = (seconds: number) => `Hide (${seconds} s)`
export const revealKey = 'Reveal the key for 30 seconds'
export const deleteElsewhere = 'Delete on the vendor’s page'
export const deleteLicense = 'Delete license…'
export const removeLicense = 'Remove this key…'
export const openInstance = 'Open the instance'

export const facts = 'Technical details'
export const rules = 'Vendor’s rules'
export const expires = (isOver: boolean, words: string, date: string) =>
  `${isOver ? 'expired' : 'expires'} ${words} · ${date}`
export const type = 'Type'
export const hosting = 'Hosting'
export const goal = 'Goal'
export const unused = 'Not used for 90 days'
export const created = 'Created'
export const vendorId = 'Vendor’s id'
export const instance = 'Instance'
export const licetId = 'Licet’s id'

export const noExpiry = 'This key does not tell when it ends.'
export const unreadableExpiry = (text: string) => `The vendor sends “${text}”, which is not a date.`
export const never = 'Does not expire'

export const source = (page: string) => `From: ${page}`

export const entitlements = 'Entitlements'
export const noEntitlements = 'None'
export const entitlementsUnknown = 'The vendor does not list entitlements for this license.'
export const entitlementsUnknownShort = 'Unknown'

export const key = 'Key'
export const keyActions = 'Key actions'
export const keyAtVendor = 'Not kept here. It is fetched from the vendor when you need it.'
export const keyLost = 'It was kept for one session, which is over. Import it again to use it.'
export const keyLocked = 'Sealed. Unlock to copy, reveal or write it.'
export const keyStaleTitle = 'This key may be an old one'
export const keyStale = 'It was kept before the vendor changed the license, and may have another key by now.'
export const keyOutdatedTitle = 'The instance has another token by now'
export const keyOutdated =
  'It was renewed or applied elsewhere, and the instance gives its text to nobody. This is the one from before; files that are kept up to date are left alone.'
export const keyAtInstance =
  'Not kept here: an instance gives its token’s text to nobody. It is kept once it was applied from here.'
export const fetchAgain = 'Fetch again'
export const keyFetched = 'The key is the vendor’s present one'
export const keySame = 'The vendor gave no other key'
export const claims = 'Claims of the JWT'
export const verified = 'Verified'
export const notVerified = 'Not verified'
export const verificationFailed = 'Signature does not match'
export const verifiedHint = 'Signed by a key that the issuer publishes.'
export const notVerifiedHint = 'The issuer’s key is not known here, so these are only claims.'
export const failedHint = 'The issuer’s key is known and did not sign this. Do not rely on it.'

export const used = 'Files'
export const kept = 'kept up to date'
export const notUsed = 'No license file has been written yet.'
export const repair = 'Repair'
export const writeAgain = 'Write again'
export const repaired = (path: string) => `${path} is up to date again`
export const keep = 'Keep up to date'
export const keepOn = 'Licet keeps this file up to date'
export const keepOff = 'Licet no longer keeps this file up to date'
export const inPlace = 'in place'
export const written = (when: string) => `written ${when}`
export const fileMenu = (path: string) => `Actions for ${path}`
export const copyPath = 'Copy path'
export const release = 'Stop watching this file'
export const released = 'No longer watched. The file itself stays.'
export const writeAgainTo = 'Write to another place…'

export const activity = 'History'
export const noActivity = 'Nothing has been done with this license yet.'
export const notFetched = 'Could not be refreshed just now'
export const importedBadge = 'imported key'
export const pendingDelete =
  'A delete was sent and no answer came. Licet looks before anything is sent again.'
export const goneText =
  'The vendor no longer lists this license. What you see is the last that was known; your files and its history stay, and no file is written with its key.'
export const menuOf = (license: string) => `Actions for ${license}`
