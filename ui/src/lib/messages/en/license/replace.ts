export const open = 'Replace…'
export const title = (name: string) => `Replace “${name}”`
export const about =
  'A new license is created, every file that holds this one is written with it, both are checked, and only then this one is deleted.'
export const aboutOpen = (name: string, since: string) =>
  `Its replacement by “${name}” began at ${since}. What is done stays done, and the rest can go on.`
export const files = (count: number) =>
  count === 1 ? 'This file will hold the new license:' : `These ${count} files will hold the new license:`
export const noFiles = 'Licet wrote no file from it: nothing but the vendor changes.'
export const submit = 'Replace license'
export const busy = 'Replacing…'
export const goOn = 'Go on'
export const giveUp = 'Leave it as it is'
export const gaveUp = 'Both licenses stay as they are'
export const done = (name: string, old: string) => `“${name}” took the place of “${old}”`
export const doneFiles =
  'These files contain the new license. Recreate containers that read an env file (docker compose up), and restart those that mount a file.'
export const doneLeft =
  'These files held something else, and were left alone. Look whether what reads them has a license.'
export const running = 'This license is being replaced'
export const interrupted = 'A replacement of this license was interrupted'
export const listTitle = (name: string) => `The replacement of “${name}” was interrupted`
/** What each step does, by its word. */
export const step: Record<'create' | 'files' | 'check' | 'delete', string> = {
  create: 'Create the new license',
  files: 'Write every file',
  check: 'Check the files, and the new license at the vendor',
  delete: 'Delete the old license',
}
export const stateOf: Record<'done' | 'now' | 'next', string> = {
  done: 'done',
  now: 'is next',
  next: 'later',
}
