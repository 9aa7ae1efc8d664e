import { describe, expect, test } from 'vitest'
import type { TokenFieldsView } from '../ipc/generated'
import { compared, factsOf } from './token'

const NOTHING: TokenFieldsView = {
  status: null,
  statusNumber: null,
  jti: null,
  iss: null,
  sub: null,
  lid: null,
  company: null,
  account: null,
  slug: null,
  detailsUrl: null,
  limitBy: null,
  prod: [],
  issued: null,
  validFrom: null,
  tokenExpires: null,
  licenseExpires: null,
  trial: null,
  trialExpires: null,
  usageBilling: null,
  includedUsers: null,
  maxConcurrentUserSessions: null,
  anonymousRatio: null,
  licenseWarnDays: null,
  tokenWarnDays: null,
  updateDays: null,
  other: [],
}

describe('the details of a token', () => {
  test('leave out what it does not tell', () => {
    expect(factsOf(NOTHING)).toEqual([])
  })

  test('read as what they are', () => {
    const token = {
      ...NOTHING,
      prod: ['mde', 'mdx'],
      includedUsers: 1500,
      trial: false,
      updateDays: 1,
      tokenWarnDays: 14,
    }
    expect(factsOf(token).map(({ field, value }) => [field, value])).toEqual([
      ['prod', 'mde, mdx'],
      ['includedUsers', '1,500'],
      ['trial', 'No'],
      ['tokenWarnDays', '14 days'],
      ['updateDays', '1 day'],
    ])
  })

  test('begin with the status by its number, which is not documented', () => {
    const [first, ...others] = factsOf({ ...NOTHING, company: 'Acme', status: 'valid', statusNumber: 1 })
    expect(first).toMatchObject({ field: 'status', value: 'vendor says: 1 (probably valid)' })
    expect(first?.hint).toContain('does not document')
    expect(others).toMatchObject([{ field: 'company', hint: null }])
  })
})

describe('two tokens', () => {
  test('are compared in what either tells, and not in their ids', () => {
    const now = { ...NOTHING, company: 'Acme', jti: 'one' }
    const next = { ...NOTHING, company: 'Acme', includedUsers: 25, jti: 'two' }
    expect(compared(now, next).map(({ field, now, next }) => [field, now, next])).toEqual([
      ['company', 'Acme', 'Acme'],
      ['includedUsers', null, '25'],
    ])
  })

  test('are shown where the instance has none yet', () => {
    expect(compared(null, { ...NOTHING, sub: 'https://play.example' })).toMatchObject([
      { field: 'sub', now: null, next: 'https://play.example' },
    ])
  })
})
