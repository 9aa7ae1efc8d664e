/** Certificates, packages, and the programs of others. */
import type { Entries } from '../../errors'

const parts: Record<string, string> = {
  envelope: 'first or last line',
  base64: 'text between its lines',
  json: 'text between its lines',
  signature: 'signature',
  content: 'content',
  dates: 'dates',
}

export const certificates = {
  'certificate-malformed': {
    message: (args) => `The certificate’s ${parts[args.part ?? ''] ?? 'text'} cannot be read.`,
    hint: () => 'It may be damaged or changed. Get the whole file again, from its first line to its last.',
    shows: 'field',
  },
  'certificate-unsupported': {
    message: (args) =>
      `The certificate is signed or encrypted ${args.algorithm ? `with “${args.algorithm}”` : 'in a way'} that is not supported.`,
    hint: () =>
      'Check it out with Ed25519: nothing else is supported. If it was, the file may be damaged or changed.',
    shows: 'field',
  },
  'certificate-not-genuine': {
    message: () => 'The certificate is not signed by an issuer that is known here.',
    hint: () => 'Do not use it. If it is from another issuer, give that issuer’s public key.',
    shows: 'field',
  },
  'certificate-not-kept': {
    message: () => 'A certificate is not kept up to date.',
    hint: () => 'Create another one before it expires.',
    shows: 'banner',
  },
  'certificate-too-short': {
    message: () => 'A certificate is valid for at least one hour.',
    hint: () => 'Choose one hour or more.',
    shows: 'banner',
  },
  'certificate-needs-key': {
    message: () => 'The certificate is encrypted.',
    hint: () => 'Give its license key.',
    shows: 'field',
  },
  'certificate-other-license': {
    message: () => 'The certificate is encrypted for another license.',
    hint: () => 'Give the license key that it was checked out with.',
    shows: 'field',
  },
  'certificate-not-checked-out': {
    message: (args) =>
      `No certificate${args.label ? ` of “${args.label}”` : ''} was checked out since Licet started.`,
    hint: () => 'Check one out first.',
    shows: 'banner',
  },
  'package-not-found': {
    message: (args) => `No package of this license is called “${args.named ?? ''}”.`,
    hint: () => 'Fetch the packages again, and choose one that is listed.',
    shows: 'banner',
  },
  'key-other-host': {
    message: () => 'This key was imported and belongs to no account: it is sent nowhere.',
    hint: () => 'Connect the account that the license is from.',
    shows: 'banner',
  },
  'registry-unknown': {
    message: () => 'No package registry is known for this account.',
    hint: () => 'Enter the registry’s address in the account’s menu.',
    shows: 'banner',
  },
  'program-missing': {
    message: (args) => `There is no ${args.program ?? 'such program'} on this computer.`,
    hint: () => 'Copy the command, and run it where the program is.',
    shows: 'banner',
  },
  'program-failed': {
    message: (args) => `${args.program ?? 'The program'} failed.`,
    hint: () => 'Its own words say why.',
    shows: 'banner',
  },
} satisfies Partial<Entries>
