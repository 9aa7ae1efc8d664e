/** Backups of license files. */
export const title = (file: string) => `Backups of ${file}`
export const open = (count: number) => (count === 1 ? '1 backup…' : `${count} backups…`)
export const openOf = (file: string) => `Backups of ${file}`
export const loading = 'Loading backups'
export const none = 'This file has no backups.'
export const about =
  'Licet keeps what it overwrites. The original stays, and of the later backups the newest nine.'
export const number = (number: number) => `Backup ${number}`
export const made = (when: string) => `Made ${when}`
export const madeUnknown = 'Age unknown'
export const original = 'Original'
export const originalHint = 'The file as it was before Licet first wrote it.'
export const foreign = 'Not made by Licet'
export const foreignHint = 'Another program made or changed it, so Licet does not remove it.'
export const noKey = 'No license key'
export const keyOf = (masked: string, names: string) => (names === '' ? masked : `${masked} of ${names}`)
export const leaked = 'Leaked key'
export const unreadable = 'It cannot be read as text'

export const restore = 'Restore…'
export const restoreOf = (number: number) => `Restore backup ${number}…`
export const remove = 'Remove…'
export const removeOf = (number: number) => `Remove backup ${number}…`

export const restoreTitle = (file: string) => `Restore ${file}?`
export const restoreText = (file: string, made: string) => `${file} gets the content of this backup. ${made}.`
export const keepsPresent = 'What the file contains now is kept as another backup.'
export const losesNothing = 'Nothing is lost: the file is empty or missing, or has this content already.'
export const keptTitle = 'Licet keeps this file up to date'
export const keptDrifted =
  'A refresh leaves the restored file as it is, and the file shows as changed. “Repair” writes the license again.'
export const keptFresh = 'A refresh that brings another key writes the file again.'
export const leakedTitle = 'This backup contains a key that is marked as leaked'
export const restoreSubmit = 'Restore'
export const restored = (file: string) => `${file} was restored`

export const removeTitle = 'Remove this backup?'
export const removeText = (path: string) => `${path} is deleted from the disk. This cannot be undone.`
export const removeOriginal = 'It is the only copy that Licet has of the file as it was before.'
export const removeSubmit = 'Remove backup'
export const removed = (count: number) => (count === 1 ? 'Backup removed' : `${count} backups removed`)

/** Backups that contain a key which is about to go. */
export const heldTitle = (count: number) =>
  count === 1 ? 'This backup contains such a key too:' : `These ${count} backups contain such a key too:`
export const heldForeign = (count: number) =>
  count === 1
    ? 'This file contains such a key too. Licet did not make it and does not remove it:'
    : `These ${count} files contain such a key too. Licet did not make them and does not remove them:`
export const heldRemove = 'Remove the backups too'
export const heldRemoveHint =
  'They are deleted from the disk. Licet knows the backups of the files that it wrote, and no others.'
export const heldUnknown = 'Backups with license keys could not be looked for.'
export const heldOpen = (count: number) => (count === 1 ? 'Remove 1 backup…' : `Remove ${count} backups…`)
export const heldDialogTitle = (label: string) => `Remove backups with the key of “${label}”?`
export const heldDialogText = 'They are deleted from the disk. This cannot be undone.'
export const heldSubmit = 'Remove backups'

/** What git would do with a license file, by its word; nothing where there is nothing to say. */
export const git: Record<string, ((file: string) => { title: string; text: string }) | undefined> = {
  'would-be-committed': (file) => ({
    title: `Git would commit ${file}`,
    text: `It is not ignored, so the key would go wherever the repository goes. Add ${file} to .gitignore.`,
  }),
  tracked: (file) => ({
    title: `${file} is in the git repository already`,
    text: `The next commit would contain the key. Take the file out with git rm --cached ${file}, and add it to .gitignore.`,
  }),
  unknown: (file) => ({
    title: `Git did not say whether it would commit ${file}`,
    text: `If the folder belongs to a repository, check that .gitignore lists ${file}.`,
  }),
}
export const gitOfBackups: Record<string, ((file: string) => { title: string; text: string }) | undefined> = {
  'would-be-committed': (file) => ({
    title: `Git would commit backups of ${file}`,
    text: `They contain what the file contained before. Add ${file}.bak* to .gitignore.`,
  }),
  tracked: (file) => ({
    title: `A backup of ${file} is in the git repository already`,
    text: `Take it out with git rm --cached, and add ${file}.bak* to .gitignore.`,
  }),
}
