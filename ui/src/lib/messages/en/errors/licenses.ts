/** Names, keys, accounts, filters, and what is asked to be confirmed. */
import type { Entries } from '../../errors'

/** What keeps a license token from being sent, by the finding's word. */
const findingWords: Record<string, string> = {
  'not-a-jwt': 'it is no whole token',
  'not-yet-valid': 'it does not count yet',
  'token-expired': 'the token has ended',
  'license-expired': 'the license has ended',
  'wrong-instance': 'it is for another instance',
}

/** The parts of a certificate, by the error's word. */
const certificateParts: Record<string, string> = {
  'first-line': 'first line',
  'last-line': 'last line',
}

export const licenses = {
  'name-empty': { message: () => 'The name is empty.', hint: () => 'Give it a name.', shows: 'field' },
  'name-too-long': {
    message: (args) =>
      `The name has ${args.chars ?? 'too many'} characters; at most ${args.most ?? '200'} fit.`,
    shows: 'field',
  },
  'name-control': {
    message: () => 'The name contains a line break or another control character.',
    hint: (args) => (args.at ? `It is character ${args.at}.` : ''),
    shows: 'field',
  },
  'not-confirmed': {
    message: () => 'What was typed is not what was asked for.',
    hint: () => 'Nothing was done.',
    shows: 'field',
  },
  'license-not-found': {
    message: () => 'This license is no longer in the library.',
    hint: () => 'It may have been removed in another window or by the command line.',
    shows: 'toast',
  },
  'account-not-found': {
    message: () => 'This account is no longer in the library.',
    hint: () => 'It may have been removed in another window or by the command line.',
    shows: 'toast',
  },
  'selection-busy': {
    message: () => 'Another action on several licenses is running.',
    hint: () => 'Wait until that ends, or stop it.',
    shows: 'toast',
  },
  'ticket-unknown': {
    message: () => 'The tested login is no longer available.',
    hint: () => 'Test it again; secrets that were not kept are forgotten.',
    shows: 'step',
  },
  'provider-unknown': {
    message: (args) => `No licensing system is called “${args.provider ?? ''}”.`,
    shows: 'banner',
  },
  'facet-missing': {
    message: (args) => `${args.label ? `“${args.label}”` : 'This'} has no ${args.facet ?? 'such thing'}.`,
    hint: () => 'Nothing to do: its licensing system does not offer it.',
    shows: 'banner',
  },
  'seat-not-found': {
    message: (args) => `No machine of this license is called “${args.named ?? ''}”.`,
    hint: () => 'Fetch the machines again, and choose one that is listed.',
    shows: 'banner',
  },
  'token-outdated': {
    message: (args) => `The instance has another token${args.label ? ` of “${args.label}”` : ''}.`,
    hint: () =>
      'Its text is not kept here: take it from the instance’s data folder and apply it here, or write the earlier one with Write file.',
    shows: 'banner',
  },
  'nothing-to-restore': {
    message: (args) => `No earlier token${args.account ? ` of “${args.account}”` : ''} is kept here.`,
    hint: () => 'Nothing to do: one is kept once another was applied over it.',
    shows: 'banner',
  },
  'preflight-failed': {
    message: (args) => {
      const words = (args.findings ?? '').split(' ').flatMap((word) => findingWords[word] ?? [])
      return words.length === 0 ? 'The token was not sent.' : `The token was not sent: ${words.join('; ')}.`
    },
    hint: ({ sub, root }) =>
      sub && root
        ? `It is for ${sub}, and this instance is ${root}. It can be sent all the same.`
        : 'Look at what was found; it can be sent all the same.',
    shows: 'banner',
  },
  'field-missing': {
    message: (args) => `The field “${args.field ?? ''}” is empty.`,
    shows: 'field',
  },
  'field-invalid': {
    message: (args) => `The field “${args.field ?? ''}” contains a character that cannot be sent.`,
    hint: () => 'Look for a line break or another character that does not belong there.',
    shows: 'field',
  },
  'url-invalid': {
    message: () => 'This is not a web address.',
    hint: () => 'A web address begins with https:// or, on this computer, with http://.',
    shows: 'field',
  },
  'key-none': {
    message: () => 'It does not contain a license key.',
    hint: () => 'A key, a license file’s text, a JWT or a portal token is recognised.',
    shows: 'field',
  },
  'key-is-token': {
    message: () => 'This is a portal token, not a license key.',
    hint: () => 'Add the account that it belongs to.',
    shows: 'field',
  },
  'key-is-address': {
    message: () => 'This is an address, not a license key.',
    hint: () => 'Add the account at this address.',
    shows: 'field',
  },
  'key-system-group': {
    message: (args) =>
      args.found
        ? `Group ${args.group ?? '?'} of the key holds “${args.found}”; only 0–9 and A–F belong there.`
        : `Group ${args.group ?? '?'} of the key is not six characters of 0–9 and A–F.`,
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
    hint: () => 'It is a payload, a dot, and a signature. Copy the whole line again.',
    shows: 'field',
  },
  'key-jwt': {
    message: () => 'The JWT is not complete.',
    hint: () => 'It has three parts with dots between. Copy all of it again.',
    shows: 'field',
  },
  'portal-not-running': {
    message: () => 'The local portal does not run.',
    hint: () => 'Its own words are below. Try again.',
    shows: 'banner',
  },
  'name-taken': {
    message: (args) => `${args.account ?? 'The account'} has a license called “${args.name ?? ''}” already.`,
    hint: () => 'Choose another name, or allow the same one.',
    shows: 'field',
  },
  'account-name-taken': {
    message: (args) => `Another account is called “${args.name ?? ''}”.`,
    hint: () => 'Choose another name.',
    shows: 'field',
  },
  'choice-unknown': {
    message: (args) => `“${args.value ?? ''}” cannot be chosen for ${args.param ?? 'this'}.`,
    hint: (args) => `Possible: ${args.possible ?? 'nothing else'}.`,
    shows: 'banner',
  },
  'license-ambiguous': {
    message: (args) => `Several licenses are called “${args.named ?? ''}”.`,
    hint: () => 'Choose one of them by its id.',
    shows: 'toast',
  },
  'license-gone': {
    message: (args) => `“${args.label ?? 'This license'}” is gone at its vendor: its key runs nothing.`,
    hint: () => 'Nothing was written. Refresh to see whether it is back.',
    shows: 'banner',
  },
  'account-of-imported-keys': {
    message: () => 'The imported keys exist on this computer alone, so they are not removed all at once.',
    hint: () => 'Remove them one by one.',
    shows: 'banner',
  },
  'key-not-to-be-had': {
    message: (args) => `The vendor does not give out the key of “${args.label ?? 'this license'}”.`,
    hint: () => 'Look at the vendor’s own page.',
    shows: 'banner',
  },
  'key-not-kept': {
    message: (args) =>
      `The key of “${args.label ?? 'this license'}” was kept for one session, which is over.`,
    hint: () => 'Import it again: its row, files and history are kept.',
    shows: 'banner',
  },
  'format-does-not-fit': {
    message: (args) =>
      `“${args.label ?? 'This license'}” cannot be written as ${args.format ?? 'this format'}.`,
    hint: () => 'Choose another format.',
    shows: 'field',
  },
  'account-without-vendor': {
    message: (args) => `“${args.account ?? 'This account'}” holds imported keys: there is no vendor to ask.`,
    shows: 'toast',
  },
  'license-not-imported': {
    message: (args) => `“${args.label ?? 'This license'}” belongs to ${args.account ?? 'a vendor'}.`,
    hint: () => 'Delete it there instead of removing it here.',
    shows: 'banner',
  },
  unsettled: {
    message: (args) =>
      `An earlier ${args.verb ?? 'request'} of “${args.label ?? 'this license'}” was sent, and its outcome is not known yet.`,
    hint: () => 'Refresh the account: Licet looks, and sends nothing twice.',
    shows: 'banner',
  },
  'not-recorded': {
    message: (args) => `“${args.account ?? 'The vendor'}” made the change, but Licet could not note it here.`,
    hint: () => 'Do not repeat it. Refresh the account: Licet looks, and notes what it finds.',
    shows: 'banner',
  },
  'key-leaked': {
    message: (args) => `This is the leaked key of “${args.label ?? 'this license'}” itself.`,
    hint: () => 'Enter the key that the vendor issued in its place.',
    shows: 'field',
  },
  'successor-at-vendor': {
    message: (args) =>
      `The new key of “${args.label ?? 'this license'}” comes from its account${args.account ? ` “${args.account}”` : ''}.`,
    hint: () => 'Refresh the account: Licet takes the new key over and removes the leaked one.',
    shows: 'banner',
  },
  'leaked-key-remains': {
    message: (args) => `The leaked key may still be in ${args.path ?? 'a file'}, so it is not removed.`,
    hint: () =>
      'Make the file readable and remove the key from it, or stop watching the file. Then try again.',
    shows: 'banner',
  },
  replacing: {
    message: (args) => `A replacement of ${args.label ?? 'this license'} is under way.`,
    hint: () => 'Go on with it, or leave it as it is.',
    shows: 'banner',
  },
  'replacement-unchecked': {
    message: (args) => `${args.path ?? 'A file'} does not hold ${args.label ?? 'the new license'}.`,
    hint: () => 'The old license stays. Repair the file or stop watching it, then go on.',
    shows: 'banner',
  },
  'replacement-not-found': {
    message: () => 'This replacement is not under way any more.',
    hint: () => 'It was finished meanwhile, perhaps in another window. Look at the license again.',
    shows: 'toast',
  },
  'intent-not-found': {
    message: () => 'This request is settled already.',
    hint: () => 'Refresh to see what became of it.',
    shows: 'toast',
  },
  'filter-bad-value': {
    message: (args) => `“${args.word ?? ''}” cannot be read as a filter.`,
    hint: (args) => `Possible: ${args.possible ?? 'type:dev, expires-in:30d, expires-after:2026-12-31'}.`,
    shows: 'banner',
  },
  'url-with-login': {
    message: () => 'This address contains a login.',
    hint: () => 'Take the part before the @ away; a login is kept sealed, not in an address.',
    shows: 'field',
  },
  'key-system-length': {
    message: (args) =>
      `Group ${args.group ?? '?'} of the key has ${args.found ?? 'not six'} characters; six belong there.`,
    hint: () => 'Copy the whole line again.',
    shows: 'field',
  },
  'key-machine-certificate': {
    message: () => 'This is a machine certificate, not a license certificate.',
    hint: () => 'Import the license certificate, which begins with BEGIN LICENSE FILE.',
    shows: 'field',
  },
  'key-secret': {
    message: () => 'This looks like a Kubernetes Secret, but the license in it can’t be read.',
    hint: () => 'Correct the file, or paste the key alone.',
    shows: 'field',
  },
  'key-env': {
    message: () => 'This looks like a .env file, but the license in it can’t be read.',
    hint: () => 'Correct the file, or paste the key alone.',
    shows: 'field',
  },
  'key-env-without-license': {
    message: () => 'This .env file has no license key.',
    hint: (args) => `An instance reads its license from ${args.variables ?? 'a variable'}.`,
    shows: 'field',
  },
  'key-certificate': {
    message: (args) =>
      `The license certificate’s ${certificateParts[args.part ?? ''] ?? 'text'} is missing or damaged.`,
    hint: () => 'Copy all of it again, from its BEGIN line to its END line.',
    shows: 'field',
  },
  'key-toml': {
    message: (args) => `This looks like a license file, but line ${args.line ?? '?'} cannot be read.`,
    hint: () => 'Copy the whole file again.',
    shows: 'field',
  },
  'key-toml-without-license': {
    message: () => 'This file has no line License = "…".',
    hint: () => 'A license file has one.',
    shows: 'field',
  },
  'key-portal-token': {
    message: () => 'The portal token is not complete.',
    hint: () => 'Copy the whole line again.',
    shows: 'field',
  },
  'host-cannot': {
    message: (args) => `Something is not possible on this desktop: ${args.what ?? 'what you asked for'}.`,
    hint: () => 'Check that this desktop has a clipboard and a default browser.',
    shows: 'toast',
  },
  cancelled: {
    message: () => 'It was stopped.',
    hint: () => 'What was done before is kept.',
    shows: 'toast',
  },
} satisfies Partial<Entries>
