export const deleteTitle = (name: string) => `Delete “${name}”?`
export const removeTitle = (name: string) => `Remove “${name}”?`
export const deleteText = (account: string) =>
  `It is deleted at the vendor, in ${account}. Instances and launchers that use its key stop working at their next check. This cannot be undone.`
export const removeText =
  'The key leaves this library. The license itself, at its vendor, stays as it is, and so do the files.'
export const filesTitle = (count: number) =>
  count === 1
    ? 'This file holds its key and stays as it is:'
    : `These ${count} files hold its key and stay as they are:`
export const noFiles = 'Licet wrote no file from it.'
export const endHint = 'The last six characters of its id.'
export const deleteSubmit = 'Delete license'
export const removeSubmit = 'Remove key'
export const deleting = (account: string) => `Waiting for ${account}…`
export const deleted = (name: string) => `“${name}” was deleted`
export const removed = (name: string) => `“${name}” was removed`
export const unknownTitle = 'It is not known whether the license was deleted'
export const unknownText =
  'The request was sent and no answer came. Licet looks at the account until it knows, and sends nothing again before that. You can close this.'
export const refused = (label: string, reason: string) => `“${label}” can’t be deleted: ${reason}.`
