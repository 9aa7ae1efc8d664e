/** Names, keys, accounts, filters, and what is asked to be confirmed. */
import type { Entry } from '../errors'

export const licenses: Record<string, Entry> = {
  'name-empty': { message: () => 'The name is empty.', hint: () => 'Give it a name.', shows: 'field' },
  'name-too-long': {
    message: (args) =>
      `The name has ${args.chars ?? 'too many'} characters; at most ${args.most ?? '200'} fit.`,
    shows: 'field',
  },
  'name-control': {
    message: () => 'The name holds a line break or another control character.',
    hint: (args) => (args.at ? `It is character ${args.at}.` : ''),
    shows: 'field',
  },
  'name-taken': {
    message: (args) => `“${args.name ?? ''}” exists already.`,
    hint: () => 'Choose another name.',
    shows: 'field',
  },
  'not-confirmed': {
    message: () => 'What was typed is not what was asked for.',
    hint: () => 'Nothing was done.',
    shows: 'field',
  },
  'license-not-found': {
    message: () => 'This license is no longer in the library.',
    hint: () => 'It may have been forgotten in another window or by the command line.',
    shows: 'toast',
  },
  'account-not-found': {
    message: () => 'This account is no longer in the library.',
    hint: () => 'It may have been removed in another window or by the command line.',
    shows: 'toast',
  },
  'ticket-unknown': {
    message: () => 'The tested login is no longer at hand.',
    hint: () => 'Test it again; secrets that were not kept are forgotten.',
    shows: 'step',
  },
  'provider-unknown': {
    message: (args) => `No licensing system is called “${args.provider ?? ''}”.`,
    shows: 'banner',
  },
  'field-missing': {
    message: (args) => `The field “${args.field ?? ''}” is empty.`,
    shows: 'field',
  },
  'field-invalid': {
    message: (args) => `The field “${args.field ?? ''}” is not as it should be.`,
    shows: 'field',
  },
  'url-invalid': {
    message: () => 'This is not a web address.',
    hint: () => 'It begins with https:// or, on this computer, http://.',
    shows: 'field',
  },
  'key-none': {
    message: () => 'No license key stands in it.',
    hint: () => 'A key, a license file’s text, a JWT or a portal token is recognised.',
    shows: 'field',
  },
  'key-system-group': {
    message: (args) => `Group ${args.group ?? '?'} of the key is not six characters of 0–9 and A–F.`,
    hint: () => 'A System License has five such groups and a version, like V3.',
    shows: 'field',
  },
  'key-system-groups': {
    message: (args) => `The key has ${args.found ?? '?'} groups; five and a version belong there.`,
    hint: () => 'Copy the whole line again.',
    shows: 'field',
  },
  'key-system-version': {
    message: () => 'The key does not end in its version, like V3.',
    hint: () => 'Copy the whole line again.',
    shows: 'field',
  },
  'key-deployment': {
    message: () => 'The Deployment Key is not complete.',
    hint: () => 'It is key/…, a dot, and a signature. Copy the whole line again.',
    shows: 'field',
  },
  'key-jwt': {
    message: () => 'The JWT is not complete.',
    hint: () => 'It has three parts with dots between. Copy all of it again.',
    shows: 'field',
  },
  'filter-unknown-field': {
    message: (args) => `“${args.word ?? ''}” is not a filter.`,
    hint: () => 'Filters: type, hosting, standing, account, entitlement, expires-in, expires-after, not.',
    shows: 'banner',
  },
  'filter-bad-value': {
    message: (args) => `“${args.word ?? ''}” has a value that cannot be read.`,
    hint: () => 'For example type:dev, expires-in:30d, expires-after:2026-12-31.',
    shows: 'banner',
  },
  'portal-not-running': {
    message: () => 'The local portal does not run.',
    hint: () => 'Its own words are below. Try again.',
    shows: 'banner',
  },
}
