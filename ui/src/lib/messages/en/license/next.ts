/** A Core on this computer, what to do next with a license, and keys in other hands. */
export const core = 'Core on this computer'
export const coreAsking = 'Asking the Core'
export const online = 'Online'
export const onlineText = 'In touch with its vendor.'
export const offline = 'Offline'
export const offlineText = 'It runs, and is not in touch with its vendor.'
export const undetermined = 'Not determined yet'
export const undeterminedText =
  'It runs, and does not know its license yet. That is not the same as having none.'
export const away = 'Not running'
export const awayText = (address: string) => `No Core answers at ${address}.`
export const another = 'No Core'
export const anotherText = (address: string) => `Something else answers at ${address}.`
export const changeAddress = 'Change address…'
export const signedPackages = 'Signed packages'
export const coreEntitlements = 'Entitlements'
export const none = 'None'

const stepNames: Record<string, string> = {
  'no-license': 'Request a license',
  'not-entitled': 'Ask for components',
  production: 'Request a production key',
  renewal: 'Request renewal',
  leaked: 'Report leaked key',
}
/** What a step is called in short; one without a name of its own has its sentence. */
export const stepName = (id: string, title: string) => stepNames[id] ?? title
export const request = (name: string) => `${name}…`
export const emptyText = 'Ask the vendor for the first one. It appears here after a refresh.'
export const to = 'To'
export const subject = 'Subject'
export const message = 'Message'
export const copyMessage = 'Copy message'
export const messageCopied = 'Message copied'
export const openMail = 'Open mail'
export const mailOpened = 'Your mail program has the message'

export const leaked = 'Key leaked'
export const leakedTitle = (when: string) => `Key leaked, marked ${when}`
export const leakedAtVendor =
  'Have the vendor reset it. As soon as a refresh brings the new key, Licet writes the files with it and removes this one.'
export const leakedHere =
  'Have the vendor reset it. Once you enter the new key, Licet writes the files with it and removes this one.'
export const markLeaked = 'Mark as leaked'
export const markedLeaked = 'Marked as leaked'
export const reportLeak = 'Report leak…'
export const reportMarks = 'Licet marks the key as leaked when you copy or open this message.'
export const notLeaked = 'Not leaked'
export const refresh = 'Refresh account'
export const enterNew = 'Enter new key…'
export const newKeyTitle = (label: string) => `New key for “${label}”`
export const newKeyText =
  'Licet writes this key to every file that contains the leaked one, and removes the leaked key. This cannot be undone.'
export const newKey = 'New key, or the text of its license file'
export const takeNewKey = 'Replace the leaked key'
export const newKeyTaken = (label: string) => `“${label}” has its new key; the leaked one is removed`

export const coreAddress = 'Address of the Core'
export const coreAddressHint = 'Where the Core on this computer answers. It is asked without a login.'
