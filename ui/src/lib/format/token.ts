/** What a license token tells, as names and values to read. */
import type { TokenFieldsView } from '../ipc/generated'
import { m } from '../messages'
import { dateTime } from './dates'
import { count } from './numbers'

export interface TokenFact {
  /** The field of the token. */
  field: string
  name: string
  value: string
}

const FIELDS = [
  'company',
  'sub',
  'prod',
  'licenseExpires',
  'tokenExpires',
  'includedUsers',
  'maxConcurrentUserSessions',
  'anonymousRatio',
  'limitBy',
  'trial',
  'trialExpires',
  'usageBilling',
  'lid',
  'jti',
  'iss',
  'account',
  'slug',
  'detailsUrl',
  'issued',
  'validFrom',
  'licenseWarnDays',
  'tokenWarnDays',
  'updateDays',
] as const

type Field = (typeof FIELDS)[number]

/** What is looked at first when two tokens stand side by side. */
const COMPARED: readonly Field[] = [
  'company',
  'sub',
  'prod',
  'licenseExpires',
  'tokenExpires',
  'includedUsers',
  'maxConcurrentUserSessions',
  'trial',
  'usageBilling',
  'lid',
  'iss',
]

const INSTANTS: readonly Field[] = ['licenseExpires', 'tokenExpires', 'trialExpires', 'issued', 'validFrom']
const DAYS: readonly Field[] = ['licenseWarnDays', 'tokenWarnDays', 'updateDays']

/** Every field that a token tells. */
export function factsOf(token: TokenFieldsView): TokenFact[] {
  return FIELDS.flatMap((field) => {
    const value = valueOf(token, field)
    return value === null ? [] : [{ field, name: nameOf(field), value }]
  })
}

export interface ComparedFact {
  field: string
  name: string
  now: string | null
  next: string | null
}

/** Two tokens side by side; what neither tells is left out. */
export function compared(now: TokenFieldsView | null, next: TokenFieldsView): ComparedFact[] {
  return COMPARED.map((field) => ({
    field,
    name: nameOf(field),
    now: now && valueOf(now, field),
    next: valueOf(next, field),
  })).filter((fact) => fact.now !== null || fact.next !== null)
}

const nameOf = (field: Field) => m.instance.fieldNames[field] ?? field

function valueOf(token: TokenFieldsView, field: Field): string | null {
  const value = token[field]
  if (value === null) return null
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ')
  if (typeof value === 'boolean') return value ? m.instance.yes : m.instance.no
  if (typeof value === 'number') {
    return DAYS.includes(field) ? m.instance.days(count(value), value === 1) : count(value)
  }
  return INSTANTS.includes(field) ? dateTime(value) : value
}
