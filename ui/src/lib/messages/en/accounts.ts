export const menuOf = (account: string) => `Actions for ${account}`
export const refresh = 'Refresh'
export const stop = 'Stop refreshing'
export const rename = 'Rename…'
/** Another login of an account: of one that is entered by password, or by token. */
export const renew = (byPassword: boolean) => (byPassword ? 'Log in again…' : 'New token…')
export const renewTitle = (name: string, byPassword: boolean) =>
  byPassword ? `Log in to “${name}” again` : `New token for “${name}”`
export const renewText = (byPassword: boolean) =>
  byPassword
    ? 'It is tested first. Licenses, files and history stay.'
    : 'It is tested first and then takes the old one’s place. Licenses, files and history stay.'
export const renewSubmit = 'Save login'
export const renewed = (name: string, byPassword: boolean) =>
  byPassword ? `“${name}” is logged in again` : `“${name}” has a new token`
export const signOut = 'Log out…'
export const signOutTitle = (name: string) => `Log out of “${name}”?`
export const signOutText = (host: string | null) =>
  `The session is revoked${host === null ? '' : ` at ${host}`} and forgotten here. Licenses, files and history stay; to refresh or use machines again you log in with your password.`
export const signOutSubmit = 'Log out'
export const signedOut = (name: string) => `Logged out of “${name}”`
export const remove = 'Remove account…'
export const create = 'New license…'
export const openPage = 'Open the vendor’s page'
export const stateReady = (when: string) => `Up to date as of ${when}`
export const stateNever = 'Not fetched yet'
export const stateRefreshing = 'Refreshing'
export const stateOffline = 'Offline'
const stateRefused = 'Login refused'
const stateSessionEnded = 'Session ended'
const stateNeedsLogin = 'Not logged in'
const stateFailed = 'Needs attention'
/** How an account fares whose vendor said no. */
export function failed(code: string, needsLogin: boolean): string {
  if (code === 'vendor-session-expired') return stateSessionEnded
  if (code === 'login-not-kept') return stateNeedsLogin
  return needsLogin ? stateRefused : stateFailed
}
export const stateUnreadable = (entries: string, one: boolean) =>
  one ? '1 entry could not be read' : `${entries} entries could not be read`
export const stateMissing = (licenses: string, one: boolean) =>
  one ? '1 license is missing from the list' : `${licenses} licenses are missing from the list`
export const stateUnsettled = 'Outcome unknown'
export const localAddress = 'On this computer'

export const renameTitle = 'Rename account'
export const renameField = 'Name'
export const renameSubmit = 'Rename'
export const edit = (field: string) => `${field}…`
export const editTitle = (name: string) => `Settings of ${name}`
export const editSubmit = 'Save'
export const edited = (name: string) => `Settings of ${name} saved`
export const renamed = (name: string) => `Account renamed to “${name}”`

export const removeTitle = (name: string) => `Remove “${name}”?`
export const removeText = (licenses: string, one: boolean) =>
  `Its login and ${one ? '1 license' : `${licenses} licenses`} leave this library. Nothing is deleted at the vendor, and license files stay where they are.`
export const removeSubmit = 'Remove account'
export const removed = (name: string) => `“${name}” was removed`
export const removedButSession = (name: string, why: string) =>
  `“${name}” was removed. Its session at the vendor was not ended and goes on until it ends by itself: ${why}`
