import { count } from '../../format/numbers'

export const title = 'Needs attention'
export const problems = (number: number) => (number === 1 ? '1 problem' : `${count(number)} problems`)
export const none = 'Nothing needs attention'
export const noneText = 'No license expires soon, every file is as it was written, and every account works.'
export const looking = 'Looking for problems…'
export const more = (number: number) =>
  number === 1 ? '1 more license expires' : `${count(number)} more licenses expire`
export const showAll = 'Show all'

export const leaked = 'Its key has leaked'
export const wrongInstance = 'Has a token for another instance'
export const expired = (when: string) => `Expired ${when}`
export const expiredUnknown = 'Expired'
export const expires = (when: string) => `Expires ${when}`
export const expiresSoon = 'Expires soon'
export const tokenExpires = (when: string) => `Its token expires ${when} and was not renewed`
export const sessionExpires = (when: string) => `Its login expires ${when}`
export const suspended = 'Suspended by the vendor'
export const banned = 'Its holder was banned by the vendor'
export const outdatedCertificate = (name: string) => `${name} is of a key that leaked or was replaced`
export const file = {
  'up-to-date': (name: string) => `${name} is up to date`,
  outdated: (name: string) => `${name} has an earlier token than the instance`,
  drifted: (name: string) => `${name} was changed by another program`,
  interrupted: (name: string) => `${name} is incomplete`,
  missing: (name: string) => `${name} is missing`,
}
export const unsettled = (verb: string, name: string) =>
  verb === 'create' ? `No answer to creating “${name}”` : `No answer to deleting “${name}”`
export const replacement = (name: string) => `Its replacement by “${name}” was interrupted`
export const needsLogin = 'Needs a new login'
export const offline = 'Cannot be reached'

export const enterKey = 'Enter the new key…'
export const applyToken = 'Apply token…'
export const renewAt = (vendor: string) => `Renew at ${vendor}`
export const certificateExpires = (name: string, when: string) => `The certificate in ${name} expires ${when}`
export const newCertificate = 'New certificate…'
export const writeToken = 'Write present token…'
export const checkNow = 'Check now'
export const goOn = 'Continue…'
export const newLogin = 'New login…'
export const tryAgain = 'Try again'
