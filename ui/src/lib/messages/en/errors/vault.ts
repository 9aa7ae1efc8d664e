/** Keyring, passphrase, library and settings. */
import type { Entries } from '../../errors'

/** Where a setting is, and what it may be. */
const wrongSetting = (path: string | undefined, expected: string | undefined) =>
  `Change it here, or in ${path ?? 'the settings file'}${expected ? `: it must be ${expected}` : ''}.`

export const vault = {
  'keyring-locked': {
    message: () => 'The keyring is locked, so no key can be read.',
    hint: () => 'Unlock it and try again. The list works meanwhile.',
    shows: 'banner',
  },
  'keyring-unavailable': {
    message: () => 'The keyring is not available, so Licet cannot read keys.',
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
  'passphrase-short': {
    message: (args) => `A passphrase has at least ${args.least ?? '8'} characters.`,
    hint: () => 'A few words in a row are easy to keep.',
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
    message: ({ path, problem, what }) =>
      problem === 'log'
        ? `The latest changes of the library cannot be read${path ? `: ${path}` : ''}.`
        : `The library cannot be read${what ? `: ${what}` : ''}.`,
    hint: ({ problem }) =>
      problem === 'log'
        ? 'Without them Licet would show old data. Make the file readable and try again.'
        : 'Its own words are below. Nothing was changed.',
    shows: 'banner',
  },
  'settings-not-toml': {
    message: (args) =>
      `The settings file is not valid TOML, so the default settings apply${args.path ? `: ${args.path}` : ''}.`,
    hint: () =>
      'Fix the file and restart Licet. If you change a setting first, Licet keeps this file as a .bak file.',
    shows: 'banner',
  },
  'settings-bad-value': {
    message: (args) =>
      `The setting “${args.key ?? 'in the file'}” has a value that can’t be used; its default applies.`,
    hint: (args) => wrongSetting(args.path, args.expected),
    shows: 'banner',
  },
  'settings-bad-entries': {
    message: (args) =>
      `Some entries of the setting “${args.key ?? 'in the file'}” can’t be used; Licet ignores them.`,
    hint: (args) => wrongSetting(args.path, args.expected),
    shows: 'banner',
  },
  'settings-unknown': {
    message: (args) => `There is no setting named “${args.key ?? 'in the file'}”; Licet ignores it.`,
    hint: (args) => `Check its spelling${args.path ? ` in ${args.path}` : ''}.`,
    shows: 'banner',
  },
  'program-fault': {
    message: () => 'Licet made a mistake of its own.',
    hint: () => 'What was done before is kept. Its own words are below.',
    shows: 'banner',
  },
  'keyring-lost-entry': {
    message: () => 'The keyring no longer has Licet’s entry, so sealed keys cannot be opened.',
    hint: () =>
      'Restore the keyring, or forget the secrets: licenses, files and settings stay, tokens and keys are entered again.',
    shows: 'banner',
  },
  'slots-lost': {
    message: () => 'The library has lost the record of where its key is stored.',
    hint: () =>
      'Restore the library from a backup, or forget the secrets: licenses, files and settings stay, tokens and keys are entered again.',
    shows: 'banner',
  },
  'keyring-failed': {
    message: () => 'The keyring failed.',
    hint: () => 'Try again. Its own words are below.',
    shows: 'banner',
  },
  'library-disk-full': {
    message: () => 'There is no room left for the library.',
    hint: () => 'Free some space and try again. What was there is untouched.',
    shows: 'banner',
  },
  'library-read-only': {
    message: () => 'The library cannot be changed: it is on a read-only place.',
    hint: () => 'Make its folder writable and try again.',
    shows: 'banner',
  },
  'library-cannot-be-changed': {
    message: (args) =>
      `${args.cause === 'disk-full' ? 'The disk is full' : args.cause === 'permission' ? 'You may not write to Licet’s folder' : 'Licet’s folder is on a read-only file system'}: licenses can be read but not changed${args.path ? ` (${args.path})` : ''}.`,
    hint: (args) =>
      args.cause === 'disk-full'
        ? 'Free some space, then restart Licet.'
        : 'Make the folder writable, then restart Licet.',
    shows: 'banner',
  },
  'library-incomplete': {
    message: (args) => `The library is incomplete: ${args.path ?? 'its file'} is empty or missing.`,
    hint: () =>
      'Restore it from a backup. To start with an empty library, move the rest of the folder away. Licet changed nothing.',
    shows: 'banner',
  },
  'library-damaged': {
    message: () => 'The library is damaged.',
    hint: () => 'Move it away, or restore it from a backup. The licenses themselves are at their vendors.',
    shows: 'banner',
  },
  'library-failed': {
    message: () => 'The library failed.',
    hint: () => 'Try again. Its own words are below.',
    shows: 'banner',
  },
  'home-unusable': {
    message: ({ path, problem }) => {
      switch (problem) {
        case 'file':
          return `A file in Licet’s folder cannot be used${path ? `: ${path}` : ''}.`
        case 'not-a-folder':
          return `${path ? `“${path}”` : 'Licet’s folder'} is a file, not a folder.`
        case 'not-a-file':
          return `${path ? `“${path}”` : 'The library'} is not a file.`
        default:
          return `Licet’s folder cannot be used: ${path ?? 'it is not there'}.`
      }
    },
    hint: ({ problem }) => {
      switch (problem) {
        case 'file':
          return 'Change its permissions, or start Licet with another folder.'
        case 'not-a-folder':
          return 'Move the file away, or start Licet with another folder.'
        case 'not-a-file':
          return 'Move it away and try again.'
        default:
          return 'Make it a folder of your own, and try again.'
      }
    },
    shows: 'banner',
  },
} satisfies Partial<Entries>
