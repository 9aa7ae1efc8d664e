/** An instance and its one license token. */
import type { TokenField } from '../../format/token'

export const open = 'Apply token…'
export const panel = 'Instance'
export const loading = 'Asking the instance'

export const emptyTitle = 'This instance has no license'
export const emptyText = 'Apply the license token that its issuer gave you.'

/** `check` is the one answer whose meaning is documented. */
export const valid = 'The instance reports a valid license'
export const notValid = 'The instance reports no valid license'
export const validUnknown = 'The instance did not report whether its license is valid'
export const checkSource = 'The answer of its license check'

export const status = (number: string, word: string) =>
  meanings[word] ? `vendor says: ${number} (probably ${meanings[word]})` : `vendor says: status ${number}`
const meanings: Record<string, string> = {
  'not-loaded': 'not loaded',
  valid: 'valid',
  loaded: 'loaded',
  invalid: 'invalid',
  'not-found': 'no license',
  expired: 'expired',
  'invalid-subject': 'for another instance',
}
export const statusHint =
  'The vendor does not document these numbers. Whether the license is valid is what the license check reports.'

export const usage = 'Users'
export const used = (active: string, included: string) => `${active} of ${included} included users`
export const usedOnly = (active: string) => `${active} active users. The token does not limit them.`
export const usageUnknown = 'The instance did not report its active users.'
export const usageOver = 'More users are active than the license includes.'
export const usageParts = (parts: string[]) => parts.join(' · ')
export const editors = (count: string) => `${count} admins and editors`
export const viewers = (count: string) => `${count} viewers`
export const anonymous = (count: string) => `${count} anonymous devices`

export const noToken = 'No license token'
export const noTokenText = 'The instance runs without Enterprise features until one is applied.'
export const held = 'Licet keeps the text of this token, encrypted.'
export const notHeld =
  'Licet does not have the text of this token: it was applied elsewhere, or the instance renewed it. The instance does not reveal it.'

export const licenseExpires = 'License expires'
export const tokenExpires = 'Token expires'
export const licenseExpiresText = 'Most Enterprise features stop then. The instance keeps running.'
export const tokenExpiresText =
  'Until the license expires, the instance gets its next token from its issuer. According to the vendor’s source, it asks every seven days.'
export const noExpiry = 'Unknown'

export const fields = 'Token details'
export const furtherFields = 'Other fields'
export const yes = 'Yes'
export const no = 'No'
export const fieldNames: Record<TokenField, string> = {
  company: 'Company',
  sub: 'For the instance',
  prod: 'Products',
  licenseExpires: 'License expires',
  tokenExpires: 'Token expires',
  includedUsers: 'Users included',
  maxConcurrentUserSessions: 'Concurrent sessions per user',
  anonymousRatio: 'Anonymous devices per user',
  limitBy: 'Limited by',
  trial: 'Trial',
  trialExpires: 'Trial expires',
  usageBilling: 'Billed by usage',
  issued: 'Token issued',
  validFrom: 'Valid from',
  lid: 'License ID',
  jti: 'Token ID',
  iss: 'Issuer',
  account: 'Issuer’s account',
  slug: 'Issuer’s short name',
  detailsUrl: 'Details',
  licenseWarnDays: 'Warns before the license expires',
  tokenWarnDays: 'Warns before the token expires',
  updateDays: 'Renewed before it expires',
  status: 'Status',
}
export const days = (count: string, one: boolean) => (one ? '1 day' : `${count} days`)
export const openDetails = 'Open the issuer’s page of this license'

export const renew = 'Renew now'
export const renewing = 'Waiting for the instance…'
export const restoreToken = 'Restore earlier token…'
/** What becomes of the token that an instance has now, once it gets another or none. */
export const presentToken = {
  kept: 'Licet keeps the present token, so you can restore it.',
  lost: 'The present token cannot be restored: Licet does not have its text.',
  unknown: 'Licet could not read the present token. You may not be able to restore it.',
}
export const restoreTitle = (name: string) => `Restore the earlier token of “${name}”`
export const restoreSubmit = 'Restore token'
export const restoreAnyway = 'Restore anyway'
export const puttingBack = 'Waiting for the instance…'
export const remove = 'Remove token…'

export const applyTitle = (name: string) => `Apply a token to “${name}”`
export const paste = 'Token'
export const pasteHint = 'Paste it, or drop a license.jwt on this window. Licet checks it before sending it.'
export const pick = 'Choose a file…'
export const fromFile = (name: string) => `From the file ${name}`
export const takeAway = 'Remove'
export const looking = 'Checking the token'
export const fits = 'This token looks valid'
export const fitsText = 'The instance checks its signature: Licet does not know the issuer’s key.'
export const compare = 'The present token and the new one'
export const field = 'Field'
export const now = 'Now'
export const next = 'New'
export const none = 'None'
export const unknown = 'Unknown'
export const changed = 'differs'
export const noDifference = 'Both tokens have the same details.'
export const same = (number: number) =>
  number === 1 ? '1 field is the same' : `${number} fields are the same`
export const send = 'Apply token'
export const applyAnyway = 'Apply anyway'
export const applyOther = 'Apply a token for another instance'
export const typeRoot = 'The address of this instance. The present token cannot be restored.'
export const sending = 'Waiting for the instance…'

export const tokenIsFor = 'The token is for'
export const instanceIs = 'This instance is'

export const doneApply = 'The instance has the token'
export const doneRenew = 'The instance has a new token from its issuer'
export const doneRestored = 'The instance has its earlier token again'
export const doneRemove = 'The instance has no license token'
export const doneKept = 'Licet keeps the one from before.'
export const doneNotKept = 'The one from before cannot be restored: Licet does not have its text.'
export const doneForerunnerKept =
  'Licet does not have the text of the one from before. You can restore the one from before its renewal.'
export const butNotValid = (done: string) => `${done}, but reports no valid license`
export const removedText = 'The instance returns the same whether it had a license or not.'

export const removeTitle = (name: string) => `Remove the license of “${name}”?`
export const removeText = 'The instance loses its token, and its Enterprise features stop.'
export const remove202 = 'The instance returns the same (202) whether it had a license or not.'
export const rootHint = 'The instance’s root URL.'
export const removeSubmit = 'Remove license'
export const removing = 'Waiting for the instance…'

type Args = Record<string, string | undefined>
type When = (at: string) => string
interface Finding {
  title: (args: Args, when: When) => string
  text: (args: Args) => string
}

const onDay = (at: string | undefined, when: When) => (at === undefined ? 'an unknown date' : when(at))

const parts: Record<string, string> = {
  header: 'its first part, the header, is incomplete or mistyped',
  claims: 'its second part, the claims, is incomplete or mistyped',
  signature: 'its third part, the signature, is incomplete or mistyped',
}

/** What is wrong with a token, or worth knowing, by its word. */
export const findings: Record<string, Finding> = {
  'not-a-jwt': {
    title: ({ parts: found, part }) => {
      if (found === '1') return 'This is not a license token: a token has three parts, separated by dots'
      if (found) return `This is not a license token: it has ${found} parts, and a token has three`
      return `This is not a complete license token: ${parts[part ?? ''] ?? 'it cannot be read'}`
    },
    text: () => 'Copy all of it again, or choose the license.jwt file.',
  },
  'not-yet-valid': {
    title: ({ at }, when) => `The token is not valid before ${onDay(at, when)}`,
    text: () => 'Wait until then, or check this computer’s clock.',
  },
  'token-expired': {
    title: ({ at }, when) => `The token expired on ${onDay(at, when)}`,
    text: () => 'The license may still be valid: get its present token from the issuer.',
  },
  'license-expired': {
    title: ({ at }, when) => `The license expired on ${onDay(at, when)}`,
    text: () => 'Ask the issuer for a new license.',
  },
  'wrong-instance': {
    title: () => 'The token is for another instance',
    text: () =>
      'Licet compares it with the address of this account. The instance may have another root_url in its settings.',
  },
  'other-product': {
    title: ({ found }) => `The token is for an unknown product: ${found ?? ''}`,
    text: () => 'The vendor does not document which products a token names. The instance decides.',
  },
  'no-subject': {
    title: () => 'The token does not name an instance',
    text: () => 'The instance decides.',
  },
  'no-end': {
    title: () => 'The token does not contain an expiry date',
    text: () => 'The instance decides.',
  },
}
