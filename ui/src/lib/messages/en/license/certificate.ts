/** Certificates for use offline. */
export const title = 'Certificate for use offline'
export const about =
  'A signed file by which whoever reads it can check this license for a while without asking the vendor. It lifts no rule of the license, such as one on being online.'
export const open = 'Check out…'

export const importedTitle = 'What this certificate certifies'
export const verified = 'Verified'
export const verifiedHint = 'Signed by the issuer’s public key that is known here.'
export const notVerified = 'Not verified'
export const notVerifiedHint =
  'No public key of its issuer is known here: set the account’s, or import it with one.'
export const failed = 'Not genuine'
export const failedHint =
  'It is signed by none of the issuers whose public keys are known here. Do not use it.'
export const expiredTitle = (when: string) => `This certificate ended on ${when}`
export const expiredText =
  'Check out a new one where its account is connected. If that is not so, look at this computer’s date.'
export const issued = 'Checked out'
export const ends = 'Certificate ends'
export const licenseEnds = 'License ends'
export const never = 'never'
export const unknown = 'Unknown'
export const kind = 'Readable'
export const encrypted = 'with its license key alone'
export const plain = 'by anyone'
export const entitlements = 'Entitlements'
export const noEntitlements = 'none in the certificate'

export const dialogTitle = (name: string) => `Check out a certificate of “${name}”`
export const ttl = 'Valid for'
/** For how long, in seconds and from the shortest on; null for as long as the vendor does by itself. */
export const ttls: readonly { seconds: number | null; label: string }[] = [
  { seconds: 86_400, label: '1 day' },
  { seconds: 604_800, label: '7 days' },
  { seconds: null, label: 'A month' },
  { seconds: 7_776_000, label: '90 days' },
  { seconds: 31_536_000, label: '1 year' },
]
export const ttlHint = 'It proves nothing after that; a new one can be checked out any time.'
export const withEntitlements = 'With its entitlements'
export const withEntitlementsHint = 'So that it can be seen offline what the license entitles to.'
export const encrypt = 'Encrypt it'
export const encryptHint =
  'Only whoever has the license key can read it. Without, whoever has the file can read the key in it.'
export const checkOut = 'Check out'
export const checkingOut = 'Checking out…'
export const other = 'Check out another…'

export const keyTitle = 'Import a certificate'
export const keyText = (file: string | null) =>
  file === null ? 'What was pasted is a license certificate.' : `${file} is a license certificate.`
export const licenseKey = 'License key'
export const licenseKeyHint = 'The key that it was checked out with, or the text of its license file.'
export const issuerKey = 'Issuer’s public key'
export const issuerKeyHint =
  'Optional: 64 hex digits. It is remembered, and certificates are verified with it.'
export const keySubmit = 'Import'
export const importing = 'Importing…'
export const give = 'Give its key…'
