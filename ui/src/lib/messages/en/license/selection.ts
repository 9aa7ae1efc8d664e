import { count } from '../../../format/numbers'

const licenses = (number: number) => (number === 1 ? '1 license' : `${count(number)} licenses`)

export const bar = 'Selected licenses'
export const deleteMany = 'Delete…'
export const refresh = 'Refresh'
export const deleteTitle = (number: number) => `Delete ${licenses(number)}?`
export const planning = 'Looking at the selected licenses…'
export const atVendor = (account: string, number: number) =>
  `${licenses(number)} in ${account}: deleted at the vendor. Instances and launchers that use their keys stop working at their next check. This cannot be undone.`
export const imported = (number: number) =>
  number === 1
    ? '1 imported key is removed from this computer.'
    : `${count(number)} imported keys are removed from this computer.`
export const files = (number: number) =>
  number === 1
    ? '1 license file holds one of their keys and stays as it is.'
    : `${count(number)} license files hold their keys and stay as they are.`
export const leftOut = (number: number) => `${licenses(number)} not deleted:`
export const reason = {
  'not-from-here': 'its vendor deletes licenses only on its own page',
  'under-way': 'an earlier request about it has no answer yet',
  gone: 'its vendor no longer lists it',
  leaked: 'its key leaked',
  'no-file': 'no license file of this format is written from it',
}
export const more = (number: number) => `and ${count(number)} more`
export const nothing = 'None of the selected licenses can be deleted from here.'
export const submit = (number: number) => `Delete ${licenses(number)}`
export const progress = (done: number, total: number) => `Deleting ${count(done)} of ${count(total)}…`
export const stop = 'Stop'
export const stopping = 'Stopping after this one…'
export const done = (number: number) => `${licenses(number)} deleted`
export const someLeft = (done: number, total: number) => `${count(done)} of ${count(total)} licenses deleted`
export const notStarted = (number: number) =>
  number === 1
    ? '1 license was not reached and is as it was.'
    : `${count(number)} licenses were not reached and are as they were.`
export const unknown = 'No answer came. Licet looks at the account until it knows.'
export const writeMany = 'Write files…'
export const writeTitle = (number: number) => `Write files of ${licenses(number)}`
export const folder = 'Folder'
export const folderHint = 'Each file is named after its license.'
export const format = 'Format'
export const usualFormat = 'Usual format of each license'
export const keep = 'Keep the files up to date'
export const keepHint = 'Licet writes a file again when its license’s key changes.'
export const nothingToWrite = 'No license file can be written from the selected licenses.'
export const replaced = (number: number) =>
  number === 1
    ? '1 of the files exists. A backup keeps its present content.'
    : `${count(number)} of the files exist. Backups keep their present content.`
export const noFile = (number: number) => `${licenses(number)} without a file:`
const fileCount = (number: number) => (number === 1 ? '1 file' : `${count(number)} files`)
export const writeSubmit = (number: number) => `Write ${fileCount(number)}`
export const writing = (done: number, total: number) => `Writing ${count(done)} of ${count(total)}…`
export const written = (number: number) => `${fileCount(number)} written`
export const someWritten = (done: number, total: number) => `${count(done)} of ${fileCount(total)} written`
export const unfinishedWriteTitle = (number: number) =>
  `Writing files was interrupted: ${licenses(number)} left`
export const unfinishedWriteText = 'The files that were written are complete. Continue, or leave the others.'
export const exportMany = 'Export…'
export const exportTitle = 'Export list'
export const exportSubmit = (number: number) => `Export ${licenses(number)}`
export const exported = (number: number, path: string) => `${licenses(number)} exported to ${path}`
export const replaceFile = 'Replace file'
export const which = 'Licenses'
export const onlySelected = (number: number) => `Selected (${count(number)})`
export const allShown = (number: number) => `All shown (${count(number)})`
export const csvFile = 'CSV file'
export const csvHint = 'Everyone on this computer can read the file. It never contains keys.'
export const columns = 'Columns'
export const column = {
  id: 'Licet ID',
  vendor_id: 'Vendor ID',
  account: 'Account',
  name: 'Name',
  product: 'Product',
  type: 'Type',
  hosting: 'Hosting',
  goal: 'Goal',
  status: 'Status',
  created: 'Created',
  expires: 'Expires',
  expires_in_days: 'Days until expiry',
  entitlements: 'Entitlements',
  files: 'License files',
}
export const unfinishedTitle = (number: number) => `A deletion was interrupted: ${licenses(number)} left`
export const unfinishedText = 'What was deleted before is settled. Continue, or leave the others as they are.'
export const goOn = 'Continue…'
export const leave = 'Leave them'
