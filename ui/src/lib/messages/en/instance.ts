/** An instance and its one license token. */
import type { TokenField } from '../../format/token'

export const open = 'Apply token…'
export const panel = 'Instance'
export const loading = 'Asking the instance'
export const tokenActions = 'Token actions'

export const emptyTitle = 'This instance has no license'
export const emptyText = 'Apply the license token that its issuer gave you.'

/** `check` is the one answer whose meaning is documented. */
export const valid = 'The instance says that its license is valid'
export const notValid = 'The instance says that it has no valid license'
export const validUnknown = 'The instance did not say whether its license is valid'
export const checkSource = 'Its own answer to “is there a valid license?”'

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
export const statusHint = 'The vendor does not document what the numbers mean; only the check above does.'

export const usage = 'Users'
export const used = (active: string, included: string) => `${active} of ${included} included users`
export const usedOnly = (active: string) =>
  `${active} active users; the token tells no number of included ones`
export const usageUnknown = 'The instance tells no number of active users.'
export const usageOver = 'More users are active than the license includes.'
export const usageParts = (parts: string[]) => parts.join(' · ')
export const editors = (count: string) => `${count} admins and editors`
export const viewers = (count: string) => `${count} viewers`
export const anonymous = (count: string) => `${count} anonymous devices`

export const noToken = 'No license token'
export const noTokenText = 'The instance runs without Enterprise features until one is applied.'
export const held = 'Its text is kept here, sealed.'
export const notHeld =
  'Its text is not kept here: it was applied elsewhere, or the instance renewed it by itself. An instance gives it to nobody.'

export const licenseEnds = 'The license ends'
export const tokenEnds = 'The token ends'
export const licenseEndsText =
  'When what was bought is over. Most Enterprise features stop then; the instance itself keeps running.'
export const tokenEndsText =
  'When this token is over. Until the license ends, the instance gets the next one from its issuer; by the vendor’s source it asks every seven days.'
export const noEnd = 'Unknown'

export const fields = 'Token details'
export const furtherFields = 'Further fields, as given'
export const yes = 'Yes'
export const no = 'No'
export const fieldNames: Record<TokenField, string> = {
  company: 'Company',
  sub: 'For the instance',
  prod: 'Products',
  licenseExpires: 'License ends',
  tokenExpires: 'Token ends',
  includedUsers: 'Users included',
  maxConcurrentUserSessions: 'Concurrent sessions of a user',
  anonymousRatio: 'Anonymous devices for a user',
  limitBy: 'Limited by',
  trial: 'Trial',
  trialExpires: 'Trial ends',
  usageBilling: 'Billed by usage',
  issued: 'Token issued',
  validFrom: 'Valid from',
  lid: 'License id',
  jti: 'Token id',
  iss: 'Issuer',
  account: 'Issuer’s account',
  slug: 'Issuer’s short name',
  detailsUrl: 'Details',
  licenseWarnDays: 'Warns before the license ends',
  tokenWarnDays: 'Warns before the token ends',
  updateDays: 'Renewed before its end',
  status: 'Status',
}
export const days = (count: string, one: boolean) => (one ? '1 day' : `${count} days`)
export const openDetails = 'Open the issuer’s page of this license'

export const renew = 'Renew now'
export const renewHint = 'The instance asks its issuer for a new token now.'
export const renewing = 'Waiting for the instance…'
export const restoreToken = 'Restore earlier token'
export const restoreHint = 'The last token that is kept here and that it does not have now.'
/** What becomes of the token that an instance has now, once it gets another or none. */
export const presentToken = {
  kept: 'The present token is kept here, and can be restored.',
  lost: 'The present token cannot be restored: its text is not kept here.',
  unknown: 'Licet could not read which token it has now: it may be one that cannot be restored.',
}
export const restoreTitle = (name: string) => `Restore the earlier token of “${name}”?`
export const restoreText = 'This is what was found. Nothing is sent before you press the button.'
export const restoreAnyway = 'Restore it anyway'
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
export const fitsText = 'Its signature is the instance’s to check: the issuer’s key is not known here.'
export const compare = 'The present token and the new one'
export const field = 'What it tells'
export const now = 'Now'
export const next = 'New'
export const none = 'None'
export const unknown = 'Unknown'
export const changed = 'differs'
export const send = 'Apply token'
export const applyAnyway = 'Apply anyway'
export const applyOther = 'Apply a token for another instance'
export const typeRoot = 'The address of this instance. The token that it has now cannot be restored.'
export const sending = 'Waiting for the instance…'

export const tokenIsFor = 'The token is for'
export const instanceIs = 'This instance is'

export const doneApply = 'The instance has the token'
export const doneRenew = 'The instance has a new token from its issuer'
export const doneRestored = 'The instance has its earlier token again'
export const doneRemove = 'The instance has no license token'
export const doneKept = 'The one that it had before is kept here.'
export const doneNotKept = 'The one that it had before is not kept here, so it cannot be restored.'
export const doneForerunnerKept =
  'The one that it had before is not kept here. The one from before its renewal is, and can be restored.'
export const doneNotValid = 'It reports that it has no valid license.'
export const removedText = 'It answers the same whether there was a license or not.'

export const removeTitle = (name: string) => `Remove the license of “${name}”?`
export const removeText = 'Its Enterprise features stop, and the token goes from the instance.'
export const remove202 = 'The instance answers the same (202) whether there was a license or not.'
export const rootHint = 'The instance’s root URL.'
export const removeSubmit = 'Remove license'
export const removing = 'Waiting for the instance…'

type Args = Record<string, string | undefined>
type When = (at: string) => string
interface Finding {
  title: (args: Args, when: When) => string
  text: (args: Args) => string
}

const told = (at: string | undefined, when: When) => (at === undefined ? 'a day that it tells' : when(at))

const parts: Record<string, string> = {
  header: 'its first part, the header, is cut off or mistyped',
  claims: 'its second part, the claims, is cut off or mistyped',
  signature: 'its third part, the signature, is cut off or mistyped',
}

/** What a look at a token finds, by its word. */
export const findings: Record<string, Finding> = {
  'not-a-jwt': {
    title: ({ parts: found, part }) => {
      if (found === '1') return 'This is no license token: a token has three parts with dots between'
      if (found) return `This is no license token: it has ${found} parts, and a token has three`
      return `This is no whole license token: ${parts[part ?? ''] ?? 'it cannot be read'}`
    },
    text: () => 'Copy all of it again, or choose the license.jwt file.',
  },
  'not-yet-valid': {
    title: ({ at }, when) => `The token does not count before ${told(at, when)}`,
    text: () => 'Wait until then, or check this computer’s clock.',
  },
  'token-expired': {
    title: ({ at }, when) => `The token ended on ${told(at, when)}`,
    text: () => 'The license may last longer: get its present token from the issuer.',
  },
  'license-expired': {
    title: ({ at }, when) => `The license ended on ${told(at, when)}`,
    text: () => 'Ask the issuer for a new license.',
  },
  'wrong-instance': {
    title: () => 'The token is for another instance',
    text: () =>
      'Compared with the address of this account; the instance may have another root_url in its settings. As the vendor’s source has it, a token may name its instance by a pattern.',
  },
  'other-product': {
    title: ({ found }) => `The token names other products than the document’s example: ${found ?? ''}`,
    text: () => 'What it has to name is not documented; the instance decides.',
  },
  'no-subject': {
    title: () => 'The token does not tell which instance it is for',
    text: () => 'The instance decides.',
  },
  'no-end': {
    title: () => 'The token does not tell when it ends',
    text: () => 'The instance decides.',
  },
}
