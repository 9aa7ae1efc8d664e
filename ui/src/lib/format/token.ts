/** What a license token tells, as names and values to read. */
import type { TokenFieldsView } from '../ipc/generated'
import { m } from '../messages'
import { dateTime } from './dates'
import { count } from './numbers'

/** Every field with a name; a status is told by its number, and what is in `other` has the name that it came with. */
export type TokenField = Exclude<keyof TokenFieldsView, 'statusNumber' | 'other'>

interface Kind {
  /** How its value reads; as it is given where this is missing. */
  as?: 'instant' | 'days'
  /** Whether it is looked at first when two tokens are side by side. */
  compared?: true
}

/** In the order in which they are shown. */
const FIELDS: Record<TokenField, Kind> = {
  status: {},
  company: { compared: true },
  sub: { compared: true },
  prod: { compared: true },
  licenseExpires: { as: 'instant', compared: true },
  tokenExpires: { as: 'instant', compared: true },
  includedUsers: { compared: true },
  maxConcurrentUserSessions: { compared: true },
  anonymousRatio: {},
  limitBy: {},
  trial: { compared: true },
  trialExpires: { as: 'instant' },
  usageBilling: { compared: true },
  lid: { compared: true },
  jti: {},
  iss: { compared: true },
  account: {},
  slug: {},
  detailsUrl: {},
  issued: { as: 'instant' },
  validFrom: { as: 'instant' },
  licenseWarnDays: { as: 'days' },
  tokenWarnDays: { as: 'days' },
  updateDays: { as: 'days' },
}

const fields = Object.keys(FIELDS) as TokenField[]

export interface TokenFact {
  /** The field of the token. */
  field: TokenField
  name: string
  value: string
  hint: string | null
}

/** Every field that a token tells. */
export function factsOf(token: TokenFieldsView): TokenFact[] {
  return fields.flatMap((field) => {
    const value = valueOf(token, field)
    const hint = field === 'status' ? m.instance.statusHint : null
    return value === null ? [] : [{ field, name: m.instance.fieldNames[field], value, hint }]
  })
}

export interface ComparedFact {
  field: TokenField
  name: string
  now: string | null
  next: string | null
}

/** Two tokens side by side; what neither tells is left out. */
export function compared(now: TokenFieldsView | null, next: TokenFieldsView): ComparedFact[] {
  return fields
    .filter((field) => FIELDS[field].compared)
    .map((field) => ({
      field,
      name: m.instance.fieldNames[field],
      now: now && valueOf(now, field),
      next: valueOf(next, field),
    }))
    .filter((fact) => fact.now !== null || fact.next !== null)
}

function valueOf(token: TokenFieldsView, field: TokenField): string | null {
  if (field === 'status') return statusOf(token)
  const value = token[field]
  if (value === null) return null
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ')
  if (typeof value === 'boolean') return value ? m.instance.yes : m.instance.no
  const { as } = FIELDS[field]
  if (typeof value === 'number') {
    return as === 'days' ? m.instance.days(count(value), value === 1) : count(value)
  }
  return as === 'instant' ? dateTime(value) : value
}

function statusOf({ status, statusNumber }: TokenFieldsView): string | null {
  return statusNumber === null ? null : m.instance.status(count(statusNumber), status ?? '')
}
