/** Machines and validation of made-up licenses. */
import { sameText } from '../../format/text'
import type { Backend } from '../backend'
import type { SeatView, ValidationView } from '../generated'
import { refusal, type World } from './world'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

export const seat = (id: string, part: Partial<SeatView> = {}): SeatView => ({
  id,
  label: 'cell-07',
  fingerprint: '5c:1f:0a:77:21:e0',
  host: 'cell-07',
  platform: 'linux',
  ip: null,
  lastHeartbeat: ago(3),
  heartbeat: 'ALIVE',
  activated: ago(4_000),
  ...part,
})

export const validation = (code: string, part: Partial<ValidationView> = {}): ValidationView => ({
  valid: code === 'VALID',
  code,
  detail: null,
  at: new Date().toISOString(),
  ...part,
})

export function fakeSeats(world: World) {
  const { scene } = world
  return {
    async signOut(id: number) {
      const found = scene.accounts.find((one) => one.id === id)
      if (!found) throw refusal('account-not-found')
      found.sessionExpires = null
      found.state = { kind: 'failed', error: refusal('login-not-kept', { account: found.name }) }
      world.tell({ kind: 'account-changed', account: structuredClone(found) })
      return found
    },
    seats: async () => ({
      seats: scene.seats,
      whole: scene.seatsWhole,
      most: scene.mostSeats,
      asOf: new Date().toISOString(),
    }),
    async releaseSeat(_license: string, machine: string, typed: string) {
      const found = scene.seats.find(({ id }) => id === machine)
      if (!found) throw refusal('seat-not-found', { named: machine })
      if (!sameText(typed, found.label)) throw refusal('not-confirmed', { expected: found.label })
      scene.seats = scene.seats.filter(({ id }) => id !== machine)
      world.changed()
    },
    validate: async () => scene.validation,
  } satisfies Partial<Backend>
}
