import { count } from '../../../format/numbers'

export const pane = 'License details'
export const loading = 'Loading details'
export const writeFile = 'Write file'
export const copyKey = 'Copy key'
export const copiedKey = (seconds: number) => `Copied (${seconds} s)`
export const reveal = 'Reveal'
export const hide = (seconds: number) => `Hide (${seconds} s)`
export const revealKey = 'Reveal the key for 30 seconds'
export const deleteElsewhere = 'Delete on the vendor’s page'
export const deleteLicense = 'Delete license…'
export const removeLicense = 'Remove this key…'
export const openHosted = (hosting: string | null) =>
  hosting === 'sandbox' ? 'Open sandbox' : 'Open instance'

export const expiresOn = (date: string, when: string) => `expires ${date} (${when})`
export const expiredOn = (date: string, when: string) => `expired ${date} (${when})`
/** Where the status says already that it expires soon or has expired. */
export const onDate = (date: string, when: string) => `${date} (${when})`
export const neverExpires = 'never expires'
export const expiryUnknown = 'no expiry date known'

export const rules = 'Vendor’s rules'
export const technical = 'Technical details'
export const type = 'Type'
export const hosting = 'Hosting'
export const goal = 'Goal'
export const unused = 'Not used for 90 days'
export const created = 'Created'
export const vendorId = 'Vendor’s ID'
export const instance = 'Instance'
export const licetId = 'Licet’s ID'

export const noExpiry = 'This key has no readable expiry date.'
export const unreadableExpiry = (text: string) => `The vendor sends “${text}”, which is not a date.`
export const never = 'Does not expire'

export const source = (page: string) => `From: ${page}`

export const entitlements = 'Entitlements'
export const noEntitlements = 'None'
export const entitlementsUnknown = 'The vendor does not list entitlements for this license.'
export const entitlementCount = (number: number) =>
  number === 1 ? '1 entitlement' : `${count(number)} entitlements`

export const key = 'Key'
export const keyActions = 'Key actions'
export const keyAtVendor = 'Not kept here. It is fetched from the vendor when you need it.'
export const keyLost = 'It was kept for one session, which is over. Import it again to use it.'
export const keyLocked = 'Sealed. Unlock to copy, reveal or write it.'
export const keyStaleTitle = 'This key may be an old one'
export const keyStale = 'It was kept before the vendor changed the license, which may have another key.'
export const keyOutdatedTitle = 'The instance has another token'
export const keyOutdated =
  'It was renewed or applied elsewhere, and the instance does not reveal its text. This is the earlier token; files that are kept up to date stay as they are.'
export const keyAtInstance =
  'Not kept here: an instance does not reveal its token. Licet keeps a token that you apply here.'
export const fetchAgain = 'Fetch again'
export const keyFetched = 'The key is the vendor’s present one'
export const keySame = 'The vendor gave no other key'
export const claims = 'JWT claims'
export const verified = 'Verified'
export const notVerified = 'Not verified'
export const verificationFailed = 'Signature does not match'
export const verifiedHint = 'Signed by a key that the issuer publishes.'
export const notVerifiedHint = 'The issuer’s key is not known here, so these are only claims.'
export const failedHint = 'The issuer’s key is known and did not sign this. Do not rely on it.'

export const used = 'Files'
export const notUsed = 'No license file has been written from it yet.'
export const repair = 'Repair'
export const writeAgain = 'Write again'
export const repaired = (path: string) => `${path} is up to date again`
export const keep = 'Keep up to date'
export const kept = 'kept up to date'
export const keepOn = 'The file is kept up to date from now on'
export const keepOff = 'The file is no longer kept up to date'
export const inPlace = 'in place'
export const written = (when: string) => `written ${when}`
export const fileMenu = (path: string) => `Actions for ${path}`
export const copyPath = 'Copy path'
export const release = 'Stop watching this file'
export const released = 'No longer watched. The file itself stays.'
export const writeAgainTo = 'Write to another place…'

export const history = 'History'
export const noActivity = 'Nothing has been done with it here yet.'
export const lastActivity = (verb: string, when: string) => `${verb} ${when}`
export const notFetched = 'Could not be refreshed just now'
export const pendingDelete =
  'A delete was sent and no answer came. Licet looks before anything is sent again.'
export const goneText =
  'The vendor no longer lists this license. What you see is the last that was known; your files and its history stay, and no file is written with its key.'
export const menuOf = (license: string) => `Actions for ${license}`
