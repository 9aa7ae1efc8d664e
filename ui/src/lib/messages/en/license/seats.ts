/** The machines that a license is in use on. */
import { quoted } from '../words'

export const title = 'Seats'
export const oneTitle = 'Seat'
export const usedOf = (taken: string, most: string) => `${taken} of ${most} in use`
export const loading = 'Asking the vendor for its seats…'
export const none = 'Not in use.'
export const short = 'Not every machine is listed'
export const shortText =
  'The vendor counted more than it sent, or sent one that Licet cannot read. A machine that is missing here may still have a seat.'
export const releaseOf = (machine: string) => `Release ${machine}…`
export const release = 'Release…'

/** What a user wants to know before starting another instance. */
export const oneTaken = 'A second start will fail until this seat is released.'
export const allTaken = 'Another start will fail until a seat is released.'
export const inUse = 'Only one instance can run at any one time: a second start will fail.'
export const source = (page: string) => `From: ${page}`

export const lastSeen = (when: string) => `last seen ${when}`
export const never = 'not seen yet'
const heartbeats: Record<string, string> = {
  DEAD: 'no longer seen',
  NOT_STARTED: 'does not report itself',
  RESURRECTED: 'seen again',
}
/** How a machine fares beyond when it was seen; another word as the vendor gave it. */
export const heartbeat = (word: string) =>
  word === 'ALIVE' ? null : (heartbeats[word] ?? `vendor says: ${quoted(word)}`)
export const seen = 'Last seen'
export const fingerprint = 'Fingerprint'
export const host = 'Host'
export const platform = 'Platform'
export const address = 'Address'
export const activated = 'In use since'

export const releaseTitle = (machine: string) => `Release ${machine}?`
export const releaseText = (machine: string, license: string) =>
  `The vendor takes the seat of “${license}” from ${machine} at once. What runs there may stop when it next asks for its license.`
export const releaseSubmit = 'Release'
export const released = (machine: string) => `Seat released: ${machine}`
