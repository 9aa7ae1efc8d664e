/** What a vendor says of a key. */
export const ask = 'Validate key'
/** Where the key goes. */
export const note = (host: string | null) =>
  host === null ? 'Sends the key to its vendor.' : `Sends the key to ${host}, its vendor.`
export const good = 'Valid'
export const bad = 'Not valid'
export const unused = 'Not in use yet'
const answers: Record<string, string> = {
  VALID: 'The key is valid.',
  NOT_FOUND: 'The vendor has no license with this key.',
  SUSPENDED: 'The license is suspended.',
  EXPIRED: 'The license has expired.',
  OVERDUE: 'The license was not checked in at the vendor in time.',
  BANNED: 'The license’s holder is banned.',
  NO_MACHINE: 'The license is not in use on a machine yet; it becomes valid with the first.',
  NO_MACHINES: 'The license is not in use on a machine yet; it becomes valid with the first.',
  TOO_MANY_MACHINES: 'The license is in use on more machines than it is for.',
  FINGERPRINT_SCOPE_MISMATCH: 'The license is in use, but not on this machine.',
  HEARTBEAT_NOT_STARTED: 'The machine that uses the license has not been seen yet.',
  HEARTBEAT_DEAD: 'The machine that uses the license is no longer seen.',
  ENTITLEMENTS_MISSING: 'The license lacks an entitlement that was asked for.',
}
const beforeUse: readonly string[] = ['NO_MACHINE', 'NO_MACHINES']
/** Whether nothing is wrong but that no machine took the license yet. */
export const awaitsUse = (code: string) => beforeUse.includes(code)
/** A vendor's code in words; one that is not known is named as it was given. */
export const answer = (code: string) => answers[code] ?? `The vendor answers ${code}.`
export const vendorSays = (words: string) => `Vendor says: ${words}`
export const verifiedHint = 'The answer is signed by the account’s public key.'
export const notVerifiedHint = 'No public key is set for this account. Log in again to set one, under More.'
