/** Keyring, passphrase, library and settings. */
import type { Entry } from '../errors'

export const vault: Record<string, Entry> = {
  'keyring-locked': {
    message: () => 'The keyring is locked, so no key can be read.',
    hint: () => 'Unlock it and try again. The list works meanwhile.',
    shows: 'banner',
  },
  'keyring-unavailable': {
    message: () => 'The keyring does not answer, so no key can be read.',
    hint: () => 'Start your desktop’s keyring and try again; Licet need not be restarted.',
    shows: 'banner',
  },
  'keyring-dismissed': {
    message: () => 'The keyring stayed locked: its prompt was closed.',
    hint: () => 'Try again when you like.',
    shows: 'banner',
  },
  'keyring-timed-out': {
    message: () => 'The keyring did not answer in time.',
    hint: () => 'Its prompt may be waiting behind this window.',
    shows: 'banner',
  },
  'vault-locked': {
    message: () => 'Keys are sealed, so none can be read.',
    hint: () => 'Unlock them first.',
    shows: 'banner',
  },
  'vault-no-slot': {
    message: () => 'This library has no way to open its sealed keys yet.',
    hint: () => 'Set a passphrase, or keep secrets for this session only.',
    shows: 'step',
  },
  'passphrase-wrong': {
    message: () => 'This passphrase does not open the keys.',
    hint: () => 'Check Caps Lock and the keyboard’s language.',
    shows: 'field',
  },
  'passphrase-too-short': {
    message: (args) => `A passphrase has at least ${args.least ?? '8'} characters.`,
    hint: () => 'A few words in a row are easy to keep and hard to guess.',
    shows: 'field',
  },
  'sealed-damaged': {
    message: () => 'A sealed key cannot be opened: it was changed or damaged.',
    hint: () => 'Refresh its account, or import the key again.',
    shows: 'banner',
  },
  'library-newer': {
    message: () => 'This library was written by a newer Licet.',
    hint: () => 'Update Licet to open it. Nothing in it was changed.',
    shows: 'banner',
  },
  'library-busy': {
    message: () => 'Another program is using the library.',
    hint: () => 'Try again in a moment.',
    shows: 'banner',
  },
  'library-unreadable': {
    message: (args) => `The library cannot be read${args.path ? `: ${args.path}` : ''}.`,
    hint: () => 'Its own words are below. Nothing was changed.',
    shows: 'banner',
  },
  'settings-unreadable': {
    message: (args) => `The settings cannot be read${args.path ? `: ${args.path}` : ''}.`,
    hint: () => 'Mend the file or move it away; Licet then starts with its defaults.',
    shows: 'banner',
  },
  'program-fault': {
    message: () => 'Licet made a mistake of its own.',
    hint: () => 'What was done before is kept. Its own words are below.',
    shows: 'banner',
  },
}
