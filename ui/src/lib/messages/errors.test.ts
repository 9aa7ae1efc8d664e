import { describe, expect, test } from 'vitest'
import { asErrorView, explain, isKnown, knownCodes } from './errors'

describe('the table of errors', () => {
  test.each(knownCodes)('%s is a sentence without holes, with or without arguments', (code) => {
    for (const args of [
      {} as Record<string, string>,
      { host: 'aidbox.app', path: '/home/ada/.env', name: 'north', why: 'dns' },
    ]) {
      const { message, hint } = explain({ code, args, detail: null })
      expect(message).toMatch(/^[\p{L}“/].*[.?]$/u)
      expect(`${message} ${hint ?? ''}`).not.toMatch(/undefined|null|something went wrong/i)
    }
  })

  test('uses what it is given', () => {
    const error = { code: 'vendor-unreachable', args: { host: 'aidbox.app', why: 'dns' }, detail: null }
    expect(explain(error)).toMatchObject({
      message: 'aidbox.app cannot be reached: its host name cannot be resolved.',
      shows: 'banner',
    })
  })

  test.each([
    ['licenses', '200000', 'it has more than 200,000 licenses'],
    ['bytes', '268435456', 'it is larger than 256 MiB'],
    ['seconds', '600', 'it is not complete after 10 minutes'],
    [undefined, undefined, 'it is too large'],
  ])('says the bound of a list in units for people: %s', (bound, limit, words) => {
    const error = { code: 'vendor-listing-too-large', args: { bound, limit } as never, detail: null }
    expect(explain(error).message).toBe(`The vendor’s list of licenses was refused: ${words}.`)
  })

  test.each([
    [
      { field: 'ca-file', address: 'https://box.example' },
      'choose its certificate as a PEM file under “More”',
    ],
    [{ field: 'ca-file' }, 'log in to the account again and choose its certificate as a PEM file'],
    [{}, 'add its certificate to those of this computer'],
  ])('says how a self-signed server becomes trusted: %o', (args, words) => {
    const error = { code: 'vendor-unreachable', args: { why: 'tls-self-signed', ...args }, detail: null }
    expect(explain(error).hint).toContain(`If you trust this server, ${words}`)
  })

  test('names a code that it does not know, with the system’s own words', () => {
    const told = explain({ code: 'moon-full', args: {}, detail: 'howling' })
    expect(told.message).toContain('moon-full')
    expect(told.detail).toBe('howling')
  })

  test('takes nothing from what every object has', () => {
    expect(isKnown('constructor')).toBe(false)
  })

  test('anything thrown can be explained', () => {
    expect(asErrorView(new Error('boom'))).toMatchObject({ code: 'program-fault', detail: 'boom' })
    expect(asErrorView({ code: 'a-b', args: {}, detail: null }).code).toBe('a-b')
  })
})
