/** Certificates for use offline. */
export const title = 'Offline certificate'
export const until = (date: string) => `until ${date}`
export const expiredSince = (date: string) => `expired ${date}`
export const about =
  'A signed file that proves this license for a while without asking the vendor. It does not change the license’s rules, such as one that requires a connection.'
export const open = 'Create an offline certificate…'

export const importedTitle = 'Certificate'
export const verified = 'Verified'
export const verifiedHint = 'Signed by the issuer’s public key that is known here.'
export const notVerified = 'Not verified'
export const notVerifiedHint =
  'No public key of its issuer is known here: set the account’s, or import it with one.'
export const failed = 'Not genuine'
export const failedHint =
  'It is signed by none of the issuers whose public keys are known here. Do not use it.'
export const expiredTitle = (when: string) => `This certificate expired on ${when}`
export const expiredText =
  'Create a new one where its account is connected. If it has not expired, check this computer’s date.'
export const issued = 'Created'
export const ends = 'Certificate expires'
export const licenseEnds = 'License expires'
export const never = 'never'
export const unknown = 'Unknown'
export const kind = 'Readable'
export const encrypted = 'with its license key alone'
export const plain = 'by anyone'
export const entitlements = 'Entitlements'
export const noEntitlements = 'none in the certificate'

export const dialogTitle = (name: string) => `Create an offline certificate of “${name}”`
export const ttl = 'Valid for'
/** For how long, in seconds and from the shortest on; null for as long as the vendor does by itself. */
export const ttls: readonly { seconds: number | null; label: string }[] = [
  { seconds: 86_400, label: '1 day' },
  { seconds: 604_800, label: '7 days' },
  { seconds: null, label: 'A month' },
  { seconds: 7_776_000, label: '90 days' },
  { seconds: 31_536_000, label: '1 year' },
]
export const ttlHint = 'You can create a new one at any time.'
export const withEntitlements = 'With its entitlements'
export const withEntitlementsHint = 'Shows offline what the license entitles to.'
export const encrypt = 'Encrypt it'
export const encryptHint =
  'Only the license key can decrypt it. Without encryption, everyone with the file can read the key in it.'
export const checkOut = 'Create certificate'
export const checkingOut = 'Creating…'
export const other = 'Create another…'

export const keyTitle = 'Import a certificate'
export const keyText = (file: string | null) =>
  file === null ? 'What was pasted is a license certificate.' : `${file} is a license certificate.`
export const licenseKey = 'License key'
export const licenseKeyHint = 'The key that it was created with, or the text of its license file.'
export const issuerKey = 'Issuer’s public key'
export const issuerKeyHint =
  'Optional: 64 hex digits. It is remembered, and certificates are verified with it.'
export const keySubmit = 'Import'
export const importing = 'Importing…'
export const give = 'Give its key…'
