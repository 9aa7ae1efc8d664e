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
export const unfinishedTitle = (number: number) => `A deletion was interrupted: ${licenses(number)} left`
export const unfinishedText = 'What was deleted before is settled. Continue, or leave the others as they are.'
export const goOn = 'Continue…'
export const leave = 'Leave them'
