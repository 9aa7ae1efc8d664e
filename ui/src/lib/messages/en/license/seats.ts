/** The machines that a license is in use on. */
import { quoted } from '../words'

export const title = 'Machines'
export const titleOf = (taken: string, most: string) => `Machines · ${taken} of ${most} in use`
export const loading = 'Asking which machines use it'
export const none = 'It is in use on no machine that the vendor knows of.'
export const short = 'Not every machine is listed'
export const shortText =
  'The vendor counted more than it sent, or sent one that Licet cannot read. A machine that is missing here may still have a seat.'
export const releaseOf = (machine: string) => `Release ${machine}…`
export const release = 'Release…'

/** The one sentence that a user looks for before starting another instance. */
export const oneTaken = (machine: string, seen: string | null) =>
  `Your one seat is in use by ${machine}${seen === null ? '' : `, last seen ${seen}`}`
export const oneTakenText = 'A second start will fail while it is.'
export const allTaken = (most: string) => `All ${most} seats are in use`
export const allTakenText = 'Another start will fail until one is released.'
export const inUse = (machine: string, seen: string | null) =>
  `In use by ${machine}${seen === null ? '' : `, last seen ${seen}`}`
export const inUseText = 'Only one instance can be running at any one time: a second start will fail.'
export const source = (page: string) => `From: ${page}`

export const lastSeen = (when: string) => `last seen ${when}`
export const never = 'not heard of yet'
const heartbeats: Record<string, string> = {
  DEAD: 'no longer heard of',
  NOT_STARTED: 'does not report itself',
  RESURRECTED: 'heard of again',
}
/** How a machine fares beyond when it was seen; another word as the vendor gave it. */
export const heartbeat = (word: string) =>
  word === 'ALIVE' ? null : (heartbeats[word] ?? `vendor says: ${quoted(word)}`)
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
