/** What a license gives access to at a package registry. */
export const title = 'Packages'
export const connected = (registry: string) => `registry ${registry}`
export const unnamedRegistry = 'no registry'
export const loading = 'Asking the vendor for its packages…'
export const none = 'This license does not give access to packages.'
export const noneFound = 'No package has these words.'
export const search = 'Search packages'
export const open = (name: string) => `Releases of ${name}`
export const releasesLoading = 'Asking the vendor for its releases…'
export const noReleases = 'No release is published for this license.'
export const filesLoading = 'Asking the vendor for its files…'
export const noFiles = 'No files to download.'
export const checksum = 'Checksum'

export const registry = 'Package registry'
export const registryNote =
  'The command reads the license file as the password. Neither the command nor the shell’s history contains the key.'
export const noFile =
  'Write the license file first: the command reads it. Until then it names one that is not there.'
export const registryAddress = 'Registry address…'
export const noRegistry = 'No package registry is known for this account.'
export const copyCommand = 'Copy the command'
export const login = (program: string) => `Log in with ${program}…`
export const noProgram = 'Neither docker nor podman is on this computer: run the command where one is.'

export const loginTitle = (host: string) => `Log in to ${host}`
export const loginText = (program: string, host: string) =>
  `${program} is given the license file’s text on its standard input, and sends it to ${host}.`
export const loginKept = (program: string) =>
  `${program} keeps the login in its own configuration: readable there, unless it has a credential helper.`
export const user = 'User name'
export const userHint = 'Any user name will do: the license file is the password.'
export const loginSubmit = 'Log in'
export const loggingIn = 'Logging in…'
export const loggedIn = (host: string) => `Logged in to ${host}`
export const itSays = (program: string) => `${program} says`

const offers: Record<string, string> = {
  seats: 'seats',
  packages: 'packages',
  certificates: 'certificates',
}
/** What an account offers of a license, in words; null where that is nothing. */
export function offered(facets: readonly string[]): string | null {
  const words = facets.flatMap((facet) => offers[facet] ?? [])
  return words.length === 0 ? null : new Intl.ListFormat('en').format(words)
}
export const unconnected = 'Not connected'
export const unconnectedText = (offered: string, system: string) =>
  `Connect its account at ${system} to see its ${offered}. Licet sends an imported key nowhere.`
