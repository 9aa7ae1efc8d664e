import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asErrorView, explain, isKnown, knownCodes } from './errors'

/** Where errors become codes: functions that are handed the code first, and the vendors' own table. */
const CODES = [
  /\b(?:told|with|fault)\(\s*"(?<code>[a-z-]+)",/g,
  /\("(?<code>[a-z]+-[a-z-]+)", (?:Vec::new|vec!)/g,
  /Self::\w+(?: \{ \.\. \})? => "(?<code>vendor-[a-z-]+)"/g,
]

function codesOfTheProgram(): string[] {
  const root = join(import.meta.dirname, '../../../..')
  const folders = ['crates/app/src', 'crates/vendors/src', 'src-tauri/src'].map((name) => join(root, name))
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.rs'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  const found = sources.flatMap((text) => CODES.flatMap((form) => [...text.matchAll(form)]))
  return [...new Set(found.map(({ groups }) => groups?.code ?? ''))]
}

describe('the table of errors', () => {
  test('has a sentence for every code that the program can answer with', () => {
    const codes = codesOfTheProgram()
    expect(codes.length).toBeGreaterThan(60)
    expect(codes.filter((code) => !isKnown(code))).toEqual([])
  })

  test('has no sentence for a code that nothing answers with', () => {
    const codes = new Set([...codesOfTheProgram(), 'program-fault'])
    expect(knownCodes.filter((code) => !codes.has(code))).toEqual([])
  })

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
