import type { PickupView } from '../../../ipc/generated'

export const title = (name: string) => `Write the license file of “${name}”`
export const format = 'Format'
export const path = 'File'
export const pathHint = 'The place is remembered for this license.'
export const preview = 'What will be written'
export const previewMasked = 'The key is masked here only.'
export const previewing = 'Working out the text'
export const nothingToPreview = 'Choose a place to see the text.'
export const previewRefused = 'No preview: this file cannot be written.'
export const keep = 'Keep this file up to date'
export const keepHint = 'Licet writes it again when the license’s key changes.'
export const inPlace = 'Write into the existing file'
export const inPlaceHint = 'For a file that is mounted into a container: it keeps its inode.'
export const reader = 'Let the instance’s container read it'
export const readerHint = (user: number) =>
  `The vendor’s image runs as user ${user}, who cannot read this file.`
export const permissions = 'Permissions'
export const readableBy = 'User who can read it'
export const readableByHint = 'The user’s number, added to the file’s access control list.'
export const group = 'Group that can read it'
export const groupHint = 'A name or a number. You must be a member.'
export const mode = 'Mode'
export const modeHint = 'Octal digits, such as 640. Only the owner can write.'
export const oldName = (variable: string) => `Under the old name ${variable}`
export const exists = 'The file exists. Its other contents are kept.'
export const backup = 'Its present content is kept in a backup beside it.'
export const isNew = 'A new file, readable by you alone.'
export const isNewAndShared = 'A new file, readable by you and those you choose below.'
export const replacesTitle = (other: string) => `This is the license file of “${other}”`
export const replacesText = (other: string) =>
  `The key of “${other}” will no longer be in it, and what reads it will run with this license instead.`
const can = (change: boolean) => (change ? 'read or change' : 'read')
export const openTitle = (change: boolean) => `Everybody on this computer can ${can(change)} this file`
export const openText = (change: boolean) =>
  `Whoever uses this computer can ${can(change)} the key in it. Licet does not change the file’s permissions: restrict them if others should not see the key.`
export const othersTitle = (others: string, change: boolean) =>
  `Others can ${can(change)} this file: ${others}`
export const othersText = (change: boolean) =>
  `They can ${can(change)} the key in it. Licet does not change the file’s permissions.`
export const owner = (name: string) => `its owner ${name}`
export const user = (name: string) => `user ${name}`
export const groupOf = (name: string) => `group ${name}`
export const unreadableTitle = (user: number) => `The container’s user ${user} cannot read this file`
export const unreadableText =
  'Write it again with “Let the instance’s container read it”, or choose a group or a mode under Permissions where the file system has no access control lists.'
export const notConfirmedTitle = 'The disk did not confirm the file'
export const notConfirmedText =
  'It is written. Check the disk: after a power failure it may have its old text.'
export const leakedTitle = 'This key is marked as leaked'
export const leakedText =
  'It is in other hands. A new key is better than another file with this one: look at the license’s next steps.'
export const outdatedTitle = 'The instance has another token'
export const outdatedText =
  'The instance renews its token by itself and does not reveal it. Licet writes the earlier token, which it has kept. To write the present one, copy it from the instance’s data folder and apply it here.'
export const submit = 'Write file'
export const writeOutdated = 'Write the earlier token'
export const replace = (other: string) => `Replace the file of “${other}”`
export const writing = 'Writing…'
export const written = (file: string) => `${file} is written`
export const writtenOutdated = (file: string) =>
  `${file} is written with an earlier token: the instance has another one`
export const doneTitle = 'The file is written'
export const doneBackup = (path: string) => `What was there before is in ${path}`
export const nextCommand = 'Run next'
/** What a text for another file is for, by its purpose, and what to do with it. */
export const snippets: Record<string, { title: string; about: string }> = {
  compose: {
    title: 'For your compose file',
    about:
      'Put the variable under the environment of your instance’s service. Compose takes its value from the .env in its own folder, or from what you run it with.',
  },
  'instance-path': {
    title: 'For the instance’s environment: the file',
    about:
      'Set it where the instance is started. The user that the instance runs as must be able to read the file; a file in its data folder called license.jwt is found by itself.',
  },
  'instance-text': {
    title: 'For the instance’s environment: the token itself',
    about:
      'In place of the file, where the instance cannot read it. Whoever sees its environment sees the token.',
  },
  'instance-ini': {
    title: 'For the instance’s ini file',
    about: 'In place of the variable. Restart the instance afterwards.',
  },
  pod: {
    title: 'For the pod that runs the instance',
    about:
      'Put it under the container’s env. Apply the secret first, in the same namespace; a running pod sees another license after a restart.',
  },
}
export const snippetCopy = (title: string) => `Copy: ${title.toLowerCase()}`
/** What a command leaves to the user: a name that only they know, or a compose file that is not looked for. */
export function commandNeeds(command: string): string | null {
  if (/ IMAGE$/.test(command)) return 'Put your image’s name for IMAGE.'
  if (command.startsWith('licet import ')) {
    const key = command.includes(' KEYFILE')
      ? ' It is encrypted: take the license key along in a file, too, and put its path for KEYFILE.'
      : ''
    const issuer = command.includes(' --issuer-key ')
      ? ''
      : ' It is verified there where its issuer’s public key is given with --issuer-key.'
    return `Bring the file to the computer without network. There, drop it on Licet’s window, or run this with its path.${key}${issuer}`
  }
  if (!command.includes('docker compose ')) return null
  const place = command.includes(' --project-directory ') ? 'that folder' : 'the folder where you run it'
  return `It needs your compose file in ${place}.`
}
/** What to do with a container that is running since before its license file was written. */
export const running: Record<PickupView, string> = {
  restart: 'A running container still has the old file: restart it.',
  recreate:
    'A running container keeps the old value, even after a restart. Run the command again to recreate it.',
}
export const doneClose = 'Done'
export const expiredTitle = (when: string) => `This license has expired: ${when}`
export const unusableTitle = (status: string) => `This license’s status is: ${status}`
export const unusableText = 'The file can be written, but what reads it may refuse the license.'
export const noFormats = 'No file format is known for this kind of license.'
