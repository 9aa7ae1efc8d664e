/** The setup wizard. What is a system's own, such as the texts of its fields, comes with the system. */
import type { SetupStep } from '../../ipc/generated'
import { imports } from '../vocabulary'

const steps: Record<SetupStep, string> = {
  where: 'Add',
  connect: 'Connect',
  keep: 'Keep it safe',
  file: 'License file',
  done: 'Done',
}
export const step = (code: SetupStep) => steps[code]
export const stepsLabel = 'Steps of the setup'
export const stepOf = (at: number, all: number) => `Step ${at} of ${all}`
export const stepDone = 'done'
export const welcome = 'Set up Licet'
export const addAccount = 'Add an account'
export const next = 'Next'
export const skip = 'Skip this step'
export const leaveFirst = 'Set up later'
export const leave = 'Close setup'
export const resumed = 'You are back where you left.'
export const retypeToken = 'The token was not saved. Enter it again.'
export const retypePassword = 'The password was not saved. Enter it again.'
export const retypeKey = 'The pasted key was not saved. Paste it again.'

export const whereTitle = 'Add a license or an account'
export const whereText = 'Paste what you have with Ctrl+V, or drop a file anywhere on this window.'
export const paste = 'License key, file text, token or address'
export const pasteHint = () => {
  const known = imports().flatMap(({ words }) => [...words.keys.slice(0, 1), `the text of ${words.file}`])
  return `For example ${[...known, 'a JWT', 'licet_… or https://…'].join(', ')}`
}

export const pastePlaceholder = 'Paste here, or drop a file'
export const pickFile = 'Choose file…'
export const pasteShow = 'Show what was pasted'
export const pasteHide = 'Hide what was pasted'
export const recognisedKey = (form: string, product: string | null) => (product ? `${product} ${form}` : form)
export const recognisedInFile = 'found in the license file’s text'
export const recognisedToken = 'A local portal’s token'
export const recognisedTokenHint =
  'Licet tests it at the local portal on this computer. If it is from another portal, paste that address instead.'
export const recognisedUrl = (host: string, system: string | null) =>
  system === null ? `An address: ${host}` : `An address of ${system}: ${host}`
export const recognisedUrlHint =
  'Its host does not show which licensing system it belongs to. Choose the system; the address is filled in.'
export const chooseSystem = 'Choose the system at this address'
export const recognisedOther = 'Licet does not know this form'
export const recognisedOtherHint = () => {
  const known = imports().flatMap(({ product, words }) => [
    `${product} keys (${words.keys.join(' or ')})`,
    `the text of ${words.file}`,
  ])
  return `It knows ${[...known, 'JWTs', 'tokens that begin with licet_', 'and addresses'].join(', ')}. If it is a portal’s token, choose the portal below: it is taken along.`
}
export const otherVersion = (version: string) =>
  `Its version is ${version}; V3 is the one that the vendor documents. It is taken as it is.`
export const choose = 'Other ways'
export const cardLocal = 'Try it on this computer'
export const cardLocalText = 'Licet starts a licensing portal here. You need no account.'
export const cardKeys = 'Several keys or files'
export const cardKeysText = 'Add more than one key, certificates included.'
export const keyName = 'Name'
export const keyIsKnown = (name: string) => `This key is already in your library, as “${name}”`
export const willWrite = 'Will write'
export const change = 'Change'
export const changeFile = 'Change the file, and see its text'
export const hideFile = 'Hide'
export const addAndWrite = 'Add and write file'
export const found = 'Found on this computer'
export const foundUse = (path: string) => `Use this file: ${path}`
export const foundUseShort = 'Use this file'

export const foundForm = (form: string) => `contains a ${form}`

export const connectTitle = (system: string) => `Connect ${system}`
export const connectText =
  'Nothing is sent before you press Connect. Only the token of a local portal is tested at once, on this computer.'
/** The same where there is no token. */
export const connectTextPassword = 'Nothing is sent before you press Connect.'
export const fieldHintLocal = 'Issued on the local portal’s own page, which Licet opens from its list.'
/** Why a host is to be typed: the address redirects to it, or it is outside the vendor's own domain. */
export const confirmHost = (host: string, isRedirected: boolean) =>
  isRedirected
    ? `The address redirects to ${host}. If this is the right host, type it.`
    : `${host} is outside the vendor’s own domain. If this is the right host, type it again. Licet asks only once.`
/** Why nothing can be tested yet. */
export const hostDiffers = (host: string) => `This is not ${host}. Type ${host} to continue.`
/** An account that a vendor does not have under this name. */
export const noAccount = (name: string) => `There is no account “${name}” there. Check its name.`
/** What a user is called by where they log in with it. */
export const loginEmail = 'e-mail'
export const fieldsMore = 'More'
export const chooseFile = 'Choose…'
export const fieldLink = (title: string) => `Open ${title}`
export const localAddress = 'The local portal on this computer'
export const localRefused =
  'If the token is of another portal, enter that portal’s address. Else issue a new one on the local portal’s page.'
export const otherAddress = 'Enter another address'
export const showSecret = (field: string) => `Show ${field.toLowerCase()}`
export const hideSecret = (field: string) => `Hide ${field.toLowerCase()}`
export const clearTitle = 'This address is not encrypted'
export const clearText = (host: string) =>
  `The address begins with http://, so your login is sent to ${host} unencrypted. Anyone on the network can read it.`
export const clearMend = 'Use https://'
export const clearAllow = 'Send it unencrypted'
export const connect = 'Connect'
/** At a field that Enter found empty. */
export const missing = 'Fill in this field.'
export const hostMissing = (host: string) => `Type ${host} to continue.`
/** While a system asks to wait. */
export const testAfter = (seconds: number) => `Try again in ${seconds} s`
export const testing = (host: string) => `Connecting to ${host}…`
export const tested = (
  /** What the vendor calls that which a login opens. */
  noun: string | null,
  { subject, licenses }: { subject: string | null; licenses: number | null },
  counted: string,
) => {
  const what = subject === null ? 'It works' : `${noun ?? 'It works for'} “${subject}”`
  if (licenses === null) return what
  return `${what}: ${licenses === 1 ? '1 license' : `${counted} licenses`}`
}
export const testedMoved = (address: string) =>
  `The address redirects to ${address}. Licet keeps that address.`
export const alreadyTitle = (name: string) => `This is already connected, as “${name}”`
export const alreadyText = 'If you connect it again, its licenses are listed twice.'
export const accountName = 'Account name'
export const accountNameHint = 'How Licet lists it. Leave it empty to use the vendor’s name.'
export const connected = (name: string) => `“${name}” is connected`
export const another = 'Connect another'
export const connectedText = 'Go on, or go back to connect something else.'

export const keysTitle = 'Add keys and files'
export const keysText = 'A System License or a Deployment Key, pasted or as a file. It is sent nowhere.'
export const keyPaste = 'License key or the text of the file'
export const pasteHintKey = () => {
  const keys = imports().flatMap(({ words }) => words.keys)
  const files = imports().map(({ words }) => `the text of ${words.file}`)
  return `For example ${keys.join(', ')} or ${files.join(' or ')}`
}
export const keyAdd = 'Add'
export const keyFiles = 'Choose files…'
export const keyList = 'Keys to add'
export const keyPasted = 'Pasted text'
export const keyWaiting = 'waits for the next step'
export const keyImporting = 'importing'
export const keyImported = 'imported'
export const keyKnown = 'in your library already'
export const keyFailed = 'not imported'
export const keyRemove = (label: string) => `Take ${label} off the list`
export const keyNone = 'Nothing yet: paste a key, choose a file, or drop one on this window.'

export const localTitle = 'Try it on this computer'
export const localText =
  'Licet starts its own licensing portal here, makes a project and a token, and connects it. It issues real signed licenses; an instance accepts those of its vendor only.'
export const localDoes = [
  'A portal that answers this computer alone',
  'A project, with a token that Licet keeps for you',
  'An account in Licet, ready to create licenses',
]
export const localName = 'Project and account'
export const localUsualName = 'This computer'
export const localStart = 'Set it up'
export const localStarting = 'Starting the local portal…'

export const keepTitle = 'Keep it safe'
export const keepText =
  'Keys and tokens are sealed before they reach the disk. Where should the key that opens them be?'
export const keepLockedTitle = 'Your keyring is locked'
export const keepLockedText =
  'Licet keeps one key in your desktop’s keyring and seals everything else with it. Your desktop asks for the keyring’s password; Licet never sees it.'
export const keepAwayTitle = 'Your keyring is not available'
export const keepAwayText =
  'The keyring that unlocks this library is not available. Start it and check again.'
export const keepUnlock = 'Unlock the keyring'
export const keepLookAgain = 'Check again'
export const keepWaiting = 'Waiting for the keyring. Its prompt may be behind this window.'
export const keepAbsent = 'No keyring answers on this computer, so choose another way.'
export const keepOtherWays = 'Use something else instead'
export const keepChoices = 'How secrets are kept'
export const keepPassphrase = 'A passphrase'
export const keepPassphraseText =
  'Licet asks for it once after each start. It is never stored. Without it, you have to enter keys and tokens again.'
export const keepSession = 'This session only'
export const keepSessionText =
  'Keys and tokens stay in memory and are gone when Licet closes. The list, settings and license files stay.'
export const keepEnterPassphrase = 'This library is sealed by a passphrase'
export const keepEnterPassphraseText = 'Enter it, and what you typed before is kept.'
export const keepReady = 'Secrets can be kept'
export const keepReadyText = 'Go on: what you entered is sealed and kept.'
export const passphrase = 'Passphrase'
export const passphraseAgain = 'The same again'
export const passphraseHint = 'At least 8 characters. A few words in a row are easy to keep.'
export const passphraseMismatch = 'The two are not the same.'
export const passphraseShort = (missing: number) =>
  missing === 1 ? 'One more character is needed.' : `${missing} more characters are needed.`
export const strength = {
  weak: 'Easy to guess. Add a word or two.',
  fair: 'Fair. Another word makes it strong.',
  strong: 'Strong.',
}

export const fileTitle = 'Write the license file'
export const fileText =
  'Launchers and instances read their license from a file. You can also do this later with Ctrl+E.'
export const fileLicense = 'License'
export const fileChoice = (label: string, state: string) => `${label} · ${state}`
export const fileEnds = (span: string) => `ends ${span}`
export const fileEnded = (span: string) => `ended ${span}`
export const fileSearch = 'Search licenses'
export const fileMore = (shown: string, total: string) =>
  `The first ${shown} of ${total} are offered. Search for others.`
export const fileFetching = 'Fetching licenses'
export const fileFetched = (done: string, total: string | null) =>
  total === null ? `${done} so far` : `${done} of ${total}`
export const fileInstance = 'An instance does not reveal its token'
export const fileInstanceText =
  'Apply its token with Apply token… in Licet; then its license.jwt can be written. Everything else works without it.'
export const fileNone = 'There is no license to write yet'
export const fileNoneText = 'Skip this step; a license’s file can be written whenever you have one.'

export const fileWritten = (path: string) => `${path} is written`
export const fileAnother = 'Write another file'
export const firstTitle = 'Create your first license'
export const firstText =
  'This project has no licenses yet. A Dev license for an instance of your own is a good start.'
export const firstName = 'Name of the license'
export const firstUsualName = 'my-first-box'
export const firstCreate = 'Create license'
export const firstCreating = 'Creating…'

export const firstUnknown = 'It was sent, and no answer came'
export const firstUnknownText =
  'Licet looks until it knows whether the license was created. It appears here then.'

export const doneTitle = 'Licet is set up'
export const doneNothing = 'Nothing is connected yet'
export const doneNothingText = 'You can add an account or drop a license file on the window at any time.'
export const doneFound = 'Connected'
export const doneFoundAccount = (name: string, licenses: number, counted: string) =>
  `${name}: ${licenses === 1 ? '1 license' : `${counted} licenses`}`
export const doneImported = 'Added'
export const doneWritten = 'Written'
export const doneWrittenNone = 'No license file yet'
export const doneExpires = 'Expires next'
export const doneExpiresOn = (label: string, span: string, date: string) => `${label} ${span} · ${date}`
export const doneExpiresNone = 'Nothing that Licet knows of'
export const doneNext = 'Run next'
export const doneOpen = 'Open Licet'
