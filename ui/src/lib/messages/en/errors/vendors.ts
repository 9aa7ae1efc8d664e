/** What licensing systems answer, or do not. */
import { count } from '../../../format/numbers'
import type { Args, Entries } from '../../errors'
import { refusedHint } from '../../vocabulary'

const loginOther = 'It may be revoked, mistyped, or for something else. Enter it again.'

const host = (args: Args) => args.host ?? 'The vendor'

/** What the user logs in by. The form adds it where it is not a name. */
const who = (args: Args) => args.who ?? 'name'

const why = (args: Args) => {
  switch (args.why) {
    case 'dns':
      return 'its host name cannot be resolved'
    case 'silent':
      return 'it does not respond'
    case 'refused':
      return 'nothing is listening there'
    case 'tls-expired':
      return 'its certificate has expired'
    case 'tls-not-yet-valid':
      return 'its certificate is not valid yet'
    case 'tls-other-host':
      return 'its certificate is for another host'
    case 'tls-unknown-issuer':
      return 'its certificate is from an issuer that is not trusted on this computer'
    case 'tls-self-signed':
      return 'its certificate is self-signed'
    case 'tls-too-old':
      return 'it supports only versions of TLS that are too old'
    case 'tls':
      return 'its certificate or encryption was not accepted'
    case 'proxy-login':
      return 'it requires a login'
    case 'proxy-denies':
      return 'it refuses to connect to the vendor'
    default:
      return 'there is no network route to it'
  }
}

const whyHint = (args: Args) => {
  switch (args.why) {
    case 'dns':
      return 'Check the address for a typing mistake, and that you are online.'
    case 'silent':
      return 'Check the address, and that no firewall blocks the connection.'
    case 'refused':
      return 'Check the port, and that the licensing system runs.'
    case 'tls-expired':
      return 'Check this computer’s clock. If it is right, the server needs a new certificate.'
    case 'tls-not-yet-valid':
      return 'Check this computer’s clock, and the server’s.'
    case 'tls-other-host':
      return 'Use the host name that the certificate is for.'
    case 'tls-unknown-issuer':
      return trusting(args, 'its issuer', 'the issuer’s certificate')
    case 'tls-self-signed':
      return trusting(args, 'this server', 'its certificate')
    case 'tls-too-old':
      return 'The server has to support TLS 1.2 or 1.3.'
    case 'tls':
      return 'Check the port, and whether a program in between inspects connections.'
    default:
      return 'Check your connection. What was known stays in the list.'
  }
}

/** How a server becomes trusted: by a field of its form, where it has one. An account has that form in its login. */
const trusting = ({ field, address }: Args, whom: string, certificate: string) => {
  if (field === undefined) return `If you trust ${whom}, add ${certificate} to those of this computer.`
  const form = address === undefined ? 'log in to the account again and ' : ''
  return `If you trust ${whom}, ${form}choose ${certificate} as a PEM file under “More”.`
}

const proxyHint = (args: Args) => {
  switch (args.why) {
    case 'proxy-login':
      return 'Put the login into HTTPS_PROXY or HTTP_PROXY: http://USER:PASSWORD@HOST:PORT.'
    case 'proxy-denies':
      return 'Check the vendor’s address, or name its host in NO_PROXY to connect without the proxy.'
    default:
      return 'Check HTTPS_PROXY and HTTP_PROXY, or name the vendor’s host in NO_PROXY to connect without the proxy.'
  }
}

const instead = (args: Args) => {
  switch (args.what) {
    case 'html-page':
      return 'a web page answers there'
    case 'captive-login':
      return 'this network’s own login page answers instead'
    case 'redirected':
      return `it sends elsewhere${args.to ? `, to ${args.to}` : ''}`
    default:
      return 'something else answers there'
  }
}

const beyond = ({ bound, limit }: Args) => {
  const most = Number(limit ?? NaN)
  if (Number.isNaN(most)) return 'it is too large'
  switch (bound) {
    case 'licenses':
      return `it has more than ${count(most)} licenses`
    case 'seconds':
      return `it is not complete after ${count(most / 60)} minutes`
    default:
      return `it is larger than ${count(most / 1024 / 1024)} MiB`
  }
}

export const vendors = {
  'vendor-unauthorized': {
    message: (args) => `${host(args)} refused the login.`,
    hint: (args) => refusedHint(args.provider) ?? loginOther,
    shows: 'field',
  },
  'login-other': {
    message: (args) =>
      `This login opens none of the licenses of ${args.account ? `“${args.account}”` : 'this account'}.`,
    hint: () => 'Enter one of the same owner, or connect it as another account.',
    shows: 'field',
  },
  'login-not-kept': {
    message: (args) => `The login of ${args.account ? `“${args.account}”` : 'this account'} is not kept.`,
    hint: () =>
      'You logged out, it was kept for one session only, or the secrets were forgotten. Enter it again.',
    shows: 'banner',
  },
  'vendor-not-found': {
    message: () => 'There is no such license, or it is not yours.',
    hint: () => 'The vendor does not tell which. Refresh the account to see what it lists.',
    shows: 'banner',
  },
  'vendor-rejected': {
    message: (args) => `${host(args)} said no${args.status ? ` (status ${args.status})` : ''}.`,
    hint: () => 'Its own words are below.',
    shows: 'banner',
  },
  'vendor-not-carried': {
    message: (args) =>
      `The API at this address cannot carry ${args.param ?? 'this choice'} = ${args.value ?? '?'}.`,
    hint: (args) =>
      args.guide
        ? `Nothing was sent. The vendor’s documentation has the guide “${args.guide}” for it.`
        : 'Nothing was sent. Make this choice on the vendor’s own page.',
    shows: 'banner',
  },
  'vendor-rate-limited': {
    message: (args) => `${host(args)} asks to wait before the next request.`,
    hint: (args) => (args.seconds ? `Try again in ${args.seconds} s.` : 'Try again in a minute.'),
    shows: 'banner',
  },
  'vendor-unreachable': {
    message: (args) => `${host(args)} cannot be reached: ${why(args)}.`,
    hint: whyHint,
    shows: 'banner',
  },
  'vendor-proxy-unreachable': {
    message: (args) =>
      `${args.proxy ? `The proxy ${args.proxy}` : 'The proxy'} did not connect: ${why(args)}.`,
    hint: proxyHint,
    shows: 'banner',
  },
  'vendor-interrupted': {
    message: (args) => `The connection to ${host(args)} broke before the answer was complete.`,
    hint: () => 'Try again. Nothing that was known is lost.',
    shows: 'banner',
  },
  'vendor-timed-out': {
    message: (args) =>
      `${host(args)} did not answer${args.seconds ? ` within ${args.seconds} s` : ' in time'}.`,
    hint: () => 'It may be busy, or the network slow. Try again.',
    shows: 'banner',
  },
  'vendor-not-a-portal': {
    message: (args) => `This is not a licensing system of this kind: ${instead(args)}.`,
    hint: (args) =>
      args.what === 'captive-login'
        ? 'Log in to the network in your browser, then try again.'
        : 'Check the address: it is the licensing system’s own, without a page behind it.',
    shows: 'field',
  },
  'vendor-unreadable': {
    message: (args) => `The answer of ${host(args)} cannot be read${args.what ? ` as ${args.what}` : ''}.`,
    hint: () => 'What was known stays. Its own words are below; a newer Licet may understand them.',
    shows: 'banner',
  },
  'vendor-too-large': {
    message: (args) => `The answer of ${host(args)} is larger than any sensible one.`,
    hint: (args) => (args.limit ? `At most ${args.limit} bytes are read.` : ''),
    shows: 'banner',
  },
  'vendor-listing-too-large': {
    message: (args) => `The vendor’s list of licenses was refused: ${beyond(args)}.`,
    hint: () => 'Licet used none of it. Your list is unchanged. Check the address, or ask the vendor.',
    shows: 'banner',
  },
  'vendor-wrong-password': {
    message: (args) => `${host(args)} refused the login: the ${who(args)} or the password is wrong.`,
    hint: () => 'Type it again. Licet does not send a refused password twice by itself.',
    shows: 'field',
  },
  'vendor-refused-before': {
    message: () => 'This password was refused before and was not sent again.',
    hint: (args) =>
      args.seconds ? `Enter another. The same one can be sent again in ${args.seconds} s.` : 'Enter another.',
    shows: 'field',
  },
  'vendor-otp-needed': {
    message: () => 'A one-time code is needed.',
    hint: () => 'Enter the code of your authenticator.',
    shows: 'field',
  },
  'vendor-otp-wrong': {
    message: () => 'The one-time code is wrong or late.',
    hint: () => 'Wait for the next code, and check this computer’s clock.',
    shows: 'field',
  },
  'vendor-sign-in-elsewhere': {
    message: () => 'This account is signed in by its organization, not by a password.',
    hint: () => 'A password login cannot be used. Ask the vendor.',
    shows: 'step',
  },
  'vendor-login-limited': {
    message: () =>
      'Too many logins: 5 a minute are allowed per account, address and e-mail, successful ones too.',
    hint: (args) => (args.seconds ? `Try again in ${args.seconds} s.` : 'Try again in a minute.'),
    shows: 'banner',
  },
  'vendor-session-expired': {
    message: (args) =>
      `The session${args.account ? ` of “${args.account}”` : ''} has ended. Nothing is lost.`,
    hint: () => 'Log in again.',
    shows: 'banner',
  },
  'vendor-switched-off': {
    message: () => 'The vendor has switched this account off.',
    hint: () =>
      'Its licenses stay in the list as they were last seen. Ask the vendor or your administrator to switch it on again.',
    shows: 'banner',
  },
  'vendor-forbidden': {
    message: (args) =>
      `The login may not do this${args.permission ? `: it lacks the permission ${args.permission}` : ''}.`,
    hint: (args) => `Ask the administrator for ${args.permission ?? 'the permission'}.`,
    shows: 'banner',
  },
  'vendor-signature-bad': {
    message: ({ what }) =>
      what === 'date'
        ? 'The answer is signed for a time that is more than 5 minutes off. Nothing of it was used.'
        : 'The answer is not signed by the account’s key. Nothing of it was used.',
    hint: ({ what }) =>
      what === 'date'
        ? 'Check this computer’s clock. If it is right, an old answer may have been sent again.'
        : 'Check the public key. If it is right, responses may have been tampered with in transit.',
    shows: 'banner',
  },
  'vendor-not-enterprise': {
    message: () => 'This instance has no licensing endpoints: it is not Enterprise, or older than 7.4.',
    hint: () => 'Check the root URL, with its sub-path.',
    shows: 'field',
  },
  'vendor-wrong-instance': {
    message: (args) =>
      args.sent
        ? `The instance says that “${args.sent}” is not its root URL.`
        : 'The instance says that this is not its root URL.',
    hint: () => 'Compare it with `root_url` in the instance’s settings.',
    shows: 'banner',
  },
  'vendor-unsupported': {
    message: (args) =>
      args.what
        ? `This vendor’s API has no way of ${args.what}. Nothing was sent.`
        : 'This vendor’s API cannot do that. Nothing was sent.',
    hint: () => 'Do it on the vendor’s own page.',
    shows: 'banner',
  },
  'host-not-confirmed': {
    message: (args) =>
      args.from
        ? `The address redirects from ${args.from} to ${args.host ?? 'another host'}.`
        : `${args.host ?? 'This host'} is outside the vendor’s own domain.`,
    hint: () => 'If this is the right host, confirm it. Licet asks only once.',
    shows: 'field',
  },
  'http-not-allowed': {
    message: (args) => `The login would be sent to ${args.host ?? 'this address'} unencrypted.`,
    hint: () => 'Use https://, or select “Send it unencrypted”.',
    shows: 'banner',
  },
  'ca-not-a-certificate': {
    message: () => 'The file holds no PEM certificate.',
    hint: () => 'Choose the PEM file of the authority that signed the server’s certificate.',
    shows: 'field',
  },
  'public-key-invalid': {
    message: () => 'This is no Ed25519 public key.',
    hint: () => 'Such a key has 64 hex digits. Copy it from the vendor’s account settings.',
    shows: 'field',
  },
  'vendor-outcome-unknown': {
    message: (args) => `It was sent to ${host(args)}, and no answer came.`,
    hint: () => 'Licet looks until it knows what became of it. Nothing is sent again before that.',
    shows: 'banner',
  },
} satisfies Partial<Entries>
