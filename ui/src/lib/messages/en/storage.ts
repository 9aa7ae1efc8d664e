/** Privacy and storage: what is kept where, and what is sent. */
const kinds: Record<string, string> = {
  'data-key': 'Data key',
  'account-token': 'Token',
  'account-password': 'Password',
  'applied-token': 'Instance token, as applied',
  'previous-token': 'Instance token before it',
  'license-key': 'License keys',
  'license-keys': 'License keys',
  'checked-out-certificate': 'Certificate, checked out and not written yet',
  library: 'Library',
  settings: 'Settings',
  'license-file': 'License file',
  backup: 'Backup of a license file',
  portal: 'Local portal',
  'portal-key': 'Signing key',
}
const kindHints: Record<string, string> = {
  'data-key': '32 random bytes that open everything sealed below',
  library: 'names, dates, accounts, activity; secrets in it are sealed',
  settings: 'what you changed in Settings; no secrets',
  'license-file': 'holds its license key in the clear, because launchers and instances read it',
  backup: 'what stood there before Licet wrote',
  'portal-key': 'signs the licenses that the local portal issues; readable by you alone',
  portal: 'its projects, licenses and signing key',
}
const places: Record<string, string> = {
  keyring: 'System keyring',
  passphrase: 'Sealed by your passphrase',
  memory: 'Memory, until Licet closes',
  'library-sealed': 'Library, sealed',
  file: 'File',
  'file-unsealed': 'File, not sealed',
}
const word = (table: Record<string, string>) => (code: string) => table[code] ?? code

export const kind = word(kinds)
export const kindHint = (code: string) => kindHints[code] ?? null
export const place = word(places)
export const title = 'Privacy & storage'
export const intro = 'Everything that Licet keeps on this computer, and every host that a secret is sent to.'
export const loading = 'Looking at what is stored'

export const secrets = 'Secrets'
export const secretsCaption = 'Secrets, where they are kept, and where they are sent'
export const noSecrets = 'No secret is kept yet.'
export const files = 'Files'
export const filesCaption = 'Files, by their paths'
export const columnWhat = 'What'
export const columnOf = 'Of'
export const columnCount = 'Count'
export const columnPlace = 'Kept in'
export const columnSent = 'Sent to'

export const never = 'Never sent'
export const copyPath = (path: string) => `Copy path ${path}`
export const sentTitle = 'What Licet sends'
export const sent = [
  'A token goes only to the host that it belongs to.',
  'A license key goes into the files that you write, and to the clipboard when you copy it.',
  'An imported key is never sent unless you ask for it.',
]
export const neverTitle = 'What never happens'
export const neverSent = [
  'No telemetry, no crash reports and no Licet account. We do not run a server.',
  'No key, token or passphrase in logs, window titles or on a command line.',
  'Your passphrase is never stored.',
]
export const secretsForget = 'Forget secrets'
export const secretsForgetText =
  'The way out where the keyring lost Licet’s entry or the passphrase is forgotten. Accounts, licenses, license files, settings and history stay; tokens and keys must be entered again.'
export const secretsForgetOpen = 'Forget secrets…'
export const secretsForgetTitle = 'Forget the secrets?'
export const secretsForgetStays = 'Accounts, licenses, license files, settings and history stay.'
export const secretsForgetGoes = 'Tokens and keys must be entered again'
export const secretsForgetGoesText =
  'Each account asks for its token, and its license keys are fetched then. Imported keys are imported again from a copy of your own. This cannot be undone.'
export const secretsForgetConfirm = 'Forget secrets'
export const secretsForgotten = 'Secrets were forgotten. Give each account its token again.'
/** Compared behind the window too, so it is not translated. */
export const secretsForgetPhrase = 'forget secrets'
export const forget = 'Forget everything'
export const forgetText =
  'Takes accounts, licenses, tokens, keys and the data key off this computer. License files stay where they were written, and nothing changes at any vendor.'
export const forgetOpen = 'Forget everything…'
export const forgetTitle = 'Forget everything?'
export const forgetWarning =
  'Deployment Keys and System Licenses that you hold nowhere else are lost. This cannot be undone.'
/** Compared behind the window too, so it is not translated. */
export const forgetPhrase = 'forget everything'
export const forgetConfirm = 'Forget everything'
export const forgotten = 'Everything was forgotten'
