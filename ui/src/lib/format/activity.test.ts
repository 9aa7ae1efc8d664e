import { describe, expect, test } from 'vitest'
import type { ActivityView } from '../ipc/generated'
import { happened } from './activity'

/** What is shown of a change of an instance's token. */
function shown(verb: string, code: string, args: Record<string, string> = {}, outcome = 'done') {
  const report = { code, args, words: null }
  return happened(entry({ verb, outcome, report }))
}

function entry(part: Partial<ActivityView>): ActivityView {
  return {
    id: 1,
    at: '2026-11-02T10:00:00Z',
    verb: 'applied',
    account: 'play',
    license: null,
    label: 'play',
    outcome: 'done',
    detail: null,
    report: null,
    ...part,
  }
}

describe('an applied token', () => {
  test('that is right reads with its expiry and users', () => {
    const args = { expires: '2027-06-18T12:00:00Z', users: '15' }
    expect(shown('applied', 'token-valid', args)).toEqual({
      what: 'Token applied',
      more: 'Valid until June 18, 2027, 15 users',
      mark: null,
    })
    expect(shown('applied', 'token-valid').more).toBe('Valid')
  })

  test('for another instance reads otherwise, and is marked', () => {
    const args = { sub: 'https://other.example' }
    const { what, more, mark } = shown('applied', 'token-wrong-instance', args)
    expect(what).toBe('Token for another instance applied')
    expect(more).toBe('It is for https://other.example')
    expect(mark).toEqual({ text: 'Wrong instance', tone: 'bad' })
    expect(shown('token-restored', 'token-wrong-instance').what).toContain('for another instance')
  })

  test('that does not make the license valid is marked', () => {
    expect(shown('token-restored', 'token-not-valid').mark?.text).toBe('Not valid')
    expect(shown('applied', 'token-unchecked').more).toContain('did not report')
  })

  test('that is refused says why, with the vendor’s words', () => {
    const report = { code: 'vendor-rejected', args: { status: '400' }, words: 'token is invalid' }
    const { what, more, mark } = happened(entry({ outcome: 'failed', report }))
    expect(what).toBe('Token was not accepted')
    expect(more).toContain('“token is invalid”')
    expect(mark).toEqual({ text: 'Failed', tone: 'bad' })
  })

  test('without an answer keeps its verb', () => {
    const { what, mark } = shown('applied', 'vendor-outcome-unknown', {}, 'unknown')
    expect(what).toBe('Token applied')
    expect(mark?.tone).toBe('warn')
  })
})

test('a removed token is marked where a license is left', () => {
  expect(shown('token-removed', 'token-gone')).toMatchObject({
    more: 'The instance reports no license',
    mark: null,
  })
  expect(shown('token-removed', 'token-left').mark?.tone).toBe('warn')
})

test('other entries keep their plain detail', () => {
  expect(happened(entry({ verb: 'exported', detail: '/srv/box/.env' }))).toEqual({
    what: 'File written',
    more: '/srv/box/.env',
    mark: null,
  })
})
