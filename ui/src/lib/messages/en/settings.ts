/** The settings page. */
export const title = 'Settings'
export const problems = (count: number) => `${count} settings in the settings file can’t be used`
export const accounts = 'Accounts'
export const accountsNone = 'No account is connected.'
export const importedKeys = 'Brought in by you, sent nowhere · “files” on the command line'
export const add = 'Add account'
export const rename = 'Rename'
export const renameOf = (name: string) => `Rename ${name}`
export const renewOf = (account: string, byPassword: boolean) =>
  byPassword ? `Log in again: ${account}` : `New token for ${account}`
export const signOutOf = (account: string) => `Log out: ${account}`
export const answersVerified = 'Answers are verified by its public key'
export const answersNotVerified = 'Answers are not verified: no public key is set for this account'
export const sessionUntil = (day: string) => `Logged in until ${day}`
export const remove = 'Remove'
export const removeOf = (name: string) => `Remove ${name}`
export const save = 'Save'
export const files = 'License files'
export const launcher = 'Launcher’s license file'
export const launcherHint = (product: string) =>
  `Where the file for the ${product} launcher is written by default.`
/** Where the launcher looks by itself. */
export const launcherUsual = (place: string) => `~/${place}`
export const launcherPath = 'An absolute path, or one that begins with ~/.'
export const saved = 'Saved'
export const expiry = 'Expiry'
export const expiresSoon = 'A license expires soon when it has at most'
export const days = 'days left'
export const expiresSoonProblem = 'A whole number from 1 to 365.'
export const look = 'Appearance'
export const appearance = 'Colors'
export const appearances = { system: 'Like the system', light: 'Light', dark: 'Dark' }
export const density = 'Density of the list'
export const densities = { comfortable: 'Comfortable', compact: 'Compact' }
export const secrets = 'How secrets are kept'
export const state = {
  new: ['Nothing is sealed yet', 'The first key or token that you enter decides it.'],
  unlocked: ['Unlocked', 'Licet can read and keep keys and tokens.'],
  'locked-by-keyring': ['Locked with your keyring', 'The list works. Unlock to copy, reveal or write keys.'],
  'locked-by-passphrase': [
    'Locked by your passphrase',
    'The list works. Unlock to copy, reveal or write keys.',
  ],
  'session-only': ['In memory only', 'Keys and tokens are gone when Licet closes.'],
  'slots-lost': ['Incomplete', 'The library has lost the record of where its key is stored.'],
} as const
export const keyring = {
  ready: 'keyring ready',
  'lost-entry': 'keyring without Licet’s entry',
  locked: 'keyring locked',
  absent: 'no keyring',
  asking: 'asking the keyring…',
}
export const unlock = 'Unlock'
export const unlocking = 'Waiting for the keyring…'
export const setPassphrase = 'Set a passphrase…'
export const setPassphraseTitle = 'Set a passphrase'
export const setPassphraseText = 'Licet asks for it when the keyring is not available. It is never stored.'
export const setPassphraseSubmit = 'Set passphrase'
export const passphraseSet = 'The passphrase is set'
export const storedText =
  'Which secrets and files Licet keeps, and what it sends to whom. Secrets can be removed there.'
export const storedLink = 'Privacy & storage…'
export const about = (version: string) => `Licet ${version}`
