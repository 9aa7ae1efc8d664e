/** Writing and reading files. */
import type { Args, Entries } from '../../errors'

const path = (args: Args) => args.path ?? 'The file'

export const files = {
  'file-folder-missing': {
    message: (args) => `The folder ${args.folder ?? ''} does not exist.`,
    hint: () => 'Make it, or choose another place.',
    shows: 'field',
  },
  'file-no-permission': {
    message: (args) => `${path(args)} cannot be written: you do not have permission.`,
    hint: () => 'Choose a place of your own, or change its permissions.',
    shows: 'field',
  },
  'file-read-only': {
    message: (args) => `${path(args)} is on a read-only place.`,
    hint: () => 'Choose another place.',
    shows: 'field',
  },
  'file-disk-full': {
    message: (args) => `There is no room left to write ${path(args)}.`,
    hint: () => 'Free some space and try again. What was there is untouched.',
    shows: 'field',
  },
  'file-exists': {
    message: (args) => `${path(args)} exists already.`,
    hint: () => 'Choose another name, or replace the file.',
    shows: 'field',
  },
  'file-is-folder': {
    message: (args) => `${path(args)} is a folder.`,
    hint: () => 'Name a file in it.',
    shows: 'field',
  },
  'file-other-owner': {
    message: (args) =>
      `${path(args)} belongs to ${args.owner ?? 'another user'}, whom replacing it would change.`,
    hint: () => 'Choose “Write into the existing file”, or another place.',
    shows: 'field',
  },
  'file-hard-linked': {
    message: (args) =>
      `${path(args)} has ${args.names ?? 'several'} names (hard links), and the others would keep the old text.`,
    hint: () => 'Choose “Write into the existing file”, or another place.',
    shows: 'field',
  },
  'file-would-lose': {
    message: (args) => `${path(args)} would lose its ${args.what ?? 'attributes'} if it were replaced.`,
    hint: () => 'Choose “Write into the existing file”, or another place.',
    shows: 'field',
  },
  'file-mounted': {
    message: (args) => `${path(args)} is a mount point, so it cannot be replaced.`,
    hint: () => 'Choose “Write into the existing file”, or another place.',
    shows: 'field',
  },
  'file-fixed': {
    message: (args) =>
      `${path(args)} has the attribute “${args.attribute ?? 'immutable'}”, so it cannot be changed.`,
    hint: (args) =>
      `As root, run chattr ${args.attribute === 'append-only' ? '-a' : '-i'} on it, or choose another place.`,
    shows: 'field',
  },
  'file-not-a-folder': {
    message: (args) => `${path(args)} is a file, not a folder.`,
    hint: () => 'Choose another place.',
    shows: 'field',
  },
  'file-changed': {
    message: (args) => `Another program changed ${path(args)} while Licet was writing it.`,
    hint: () => 'Its present content was kept. Try again when the other program is done.',
    shows: 'banner',
  },
  'file-being-written': {
    message: (args) => `Another Licet process is writing ${path(args)}.`,
    hint: () => 'Nothing was written. Try again in a moment.',
    shows: 'banner',
  },
  'file-no-access-list': {
    message: (args) => `The file system of ${path(args)} has no access control lists.`,
    hint: () => 'Nothing was written. Choose a mode or a group instead of a user.',
    shows: 'banner',
  },
  'file-access-refused': {
    message: (args) => `You cannot give ${path(args)} ${args.what ?? 'these permissions'}.`,
    hint: () => 'Nothing was written. Choose a group that you are a member of.',
    shows: 'banner',
  },
  'file-incomplete': {
    message: (args) => `${path(args)} is incomplete: its earlier content could not be restored.`,
    hint: (args) =>
      args.backup
        ? `Free some space if the disk is full, then restore it from ${args.backup} and try again.`
        : 'Free some space if the disk is full, then write the file again.',
    shows: 'banner',
  },
  'file-written-not-noted': {
    message: (args) => `${path(args)} was written, but the library could not note it.`,
    hint: () => 'The file is complete. Licet notes it at its next start.',
    shows: 'banner',
  },
  'file-syntax': {
    message: (args) => `${path(args)} is not of this format${args.line ? `: line ${args.line}` : ''}.`,
    hint: () => 'Nothing was written. Fix the file, move it away, or choose another place.',
    shows: 'field',
  },
  'file-not-a-license-file': {
    message: (args) => `${path(args)} is something else than a license file.`,
    hint: () => 'Nothing was written. Choose another place.',
    shows: 'field',
  },
  'file-key-does-not-fit': {
    message: (args) => `This key cannot be written as ${args.format ?? 'this format'}.`,
    hint: () => 'Choose another format.',
    shows: 'field',
  },
  'file-missing': {
    message: (args) => `${path(args)} does not exist.`,
    hint: () => 'It may have been moved. Write it again.',
    shows: 'toast',
  },
  'file-unreadable': {
    message: (args) => `${path(args)} cannot be read.`,
    hint: () => 'Check that it exists and that you may read it.',
    shows: 'toast',
  },
  'file-too-large': {
    message: (args) => `${path(args)} is too large for a license file.`,
    hint: () => 'Pick the license file itself.',
    shows: 'toast',
  },
  'file-not-readable': {
    message: (args) => `${path(args)} cannot be read: you do not have permission.`,
    hint: () => 'Change its permissions, or choose another place.',
    shows: 'field',
  },
  'file-not-regular': {
    message: (args) => `${path(args)} is not an ordinary file.`,
    hint: () => 'Choose another place.',
    shows: 'field',
  },
  'file-not-text': {
    message: (args) => `${path(args)} is not a text.`,
    hint: () => 'Nothing was written. Choose another place.',
    shows: 'field',
  },
  'file-of-another': {
    message: (args) => `${path(args)} is the license file of “${args.other ?? 'another license'}”.`,
    hint: () => 'Choose another place.',
    shows: 'field',
  },
  'file-without-key': {
    message: (args) => `${path(args)} has no ${args.name ?? 'license key'}.`,
    hint: () => 'Nothing was written.',
    shows: 'field',
  },
  'backup-not-found': {
    message: (args) =>
      `There is no backup ${args.number ? `${args.number} ` : ''}of ${args.file ?? 'this file'}.`,
    hint: () => 'It may have been removed. Open the list of backups again.',
    shows: 'banner',
  },
  'backup-of-another': {
    message: (args) => `${path(args)} was made or changed by another program, so Licet does not remove it.`,
    hint: () => 'Delete the file yourself if it is no longer needed.',
    shows: 'banner',
  },
  'replaced-key-remains': {
    message: (args) => `${path(args)} holds the key of “${args.label ?? 'the old license'}” still.`,
    hint: () =>
      'The old license stays. Remove its key from the file, or write the file again, then continue.',
    shows: 'banner',
  },
} satisfies Partial<Entries>
