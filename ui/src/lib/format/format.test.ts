import { describe, expect, test } from 'vitest'
import { bytes } from './bytes'
import { ago, dateTime, dayInWords, moment, shortDate, type Clock } from './dates'
import { expiryText } from './expiry'
import { ownLocale } from './locale'
import { count } from './numbers'
import { fileName, folderOf, nameProblem, sameText } from './text'

const at = (now: string, locale: string): Clock => ({ now: () => new Date(now), locale })
const english = at('2026-11-20T10:42:00Z', 'en-GB')
const german = at('2026-11-20T10:42:00Z', 'de-DE')

describe('dates', () => {
  test('expiry is told in words and as a date', () => {
    const text = expiryText({ kind: 'on', at: '2026-12-02T12:00:00Z', days: 12 }, english)
    expect(text).toMatchObject({ words: 'in 12 days', date: '2 Dec', full: 'in 12 days · 2 December 2026' })
  })

  test('the words agree with the date, however few hours lie between', () => {
    const words = (end: string, days: number) => expiryText({ kind: 'on', at: end, days }, english).words
    expect(words('2026-11-20T09:42:00Z', -1)).toBe('today')
    expect(words('2026-11-21T06:42:00Z', 0)).toBe('tomorrow')
    expect(words('2026-11-22T09:42:00Z', 1)).toBe('in 2 days')
  })

  test('in the user’s language', () => {
    expect(expiryText({ kind: 'on', at: '2026-12-02T12:00:00Z', days: 12 }, german).words).toBe('in 12 Tagen')
    expect(shortDate('2026-12-02T12:00:00Z', german)).toBe('2. Dez.')
  })

  test('no expiry and an unknown one differ, and neither has a date', () => {
    expect(expiryText({ kind: 'never' }, english)).toMatchObject({ words: 'Never expires', date: null })
    expect(expiryText({ kind: 'unreadable', text: 'next spring' }, english)).toMatchObject({
      words: 'Unreadable date',
      full: 'The vendor sends “next spring”, which is not a date.',
    })
    expect(expiryText(null, english)).toMatchObject({ words: 'Unknown', date: null })
  })

  test('days have names near today', () => {
    expect(dayInWords('2026-11-20T12:00:00Z', english)).toBe('today')
    expect(dayInWords('2026-11-21T12:00:00Z', english)).toBe('tomorrow')
    expect(dayInWords('2026-11-19T12:00:00Z', english)).toBe('yesterday')
    expect(dayInWords('2026-10-11T12:00:00Z', english)).toBe('40 days ago')
  })

  test.each([
    ['2027-01-31T12:00:00Z', 'in 2 months'],
    ['2027-11-19T12:00:00Z', 'in 12 months'],
    ['2027-11-20T12:00:00Z', 'in 12 months'],
    ['2028-10-20T12:00:00Z', 'in 23 months'],
    ['2028-11-20T12:00:00Z', 'in 2 years'],
    ['2025-11-20T12:00:00Z', '12 months ago'],
    ['2024-11-20T12:00:00Z', '2 years ago'],
  ])('%s is told in months or years of the calendar', (end, words) => {
    expect(dayInWords(end, english)).toBe(words)
  })

  test('the end of a month is a month before the end of the next', () => {
    const november = at('2026-11-30T10:42:00Z', 'en-GB')
    expect(dayInWords('2027-11-30T12:00:00Z', november)).toBe('in 12 months')
    expect(dayInWords('2027-02-28T12:00:00Z', november)).toBe('in 3 months')
  })

  test('the year stands where it is not this one', () => {
    expect(shortDate('2027-03-05T12:00:00Z', english)).toBe('5 Mar 2027')
  })

  test('a moment of today is a time, another has its date', () => {
    expect(moment('2026-11-20T09:05:00Z', english)).toBe('09:05')
    expect(moment('2026-11-18T09:05:00Z', english)).toBe('18 Nov, 09:05')
    expect(dateTime('2026-11-18T09:05:00Z', english)).toBe('18 Nov 2026, 09:05')
  })

  test('what just happened is told by how long ago', () => {
    expect(ago('2026-11-20T10:41:50Z', english)).toBe('now')
    expect(ago('2026-11-20T10:39:00Z', english)).toBe('3 min ago')
    expect(ago('2026-11-10T10:39:00Z', english)).toBe('10 Nov')
  })
})

describe('sizes', () => {
  test.each([
    [1, '1 byte'],
    [59, '59 bytes'],
    [18_900_000, '18.9 MB'],
  ])('%i bytes are %s', (size, words) => {
    expect(bytes(size, 'en-GB')).toBe(words)
  })
})

describe('numbers', () => {
  test('are grouped as the user groups them', () => {
    expect(count(10_000, 'en-US')).toBe('10,000')
    expect(count(10_000, 'de-DE')).toBe('10.000')
  })

  test('a system without a language groups them too', () => {
    expect(ownLocale('en-US-u-va-posix')).toBe('en-US')
    expect(ownLocale('fr-FR')).toBeUndefined()
  })
})

describe('names', () => {
  test('typed on different systems they are the same', () => {
    expect(sameText('Caf\u00e9', ' Cafe\u0301 ')).toBe(true)
    expect(sameText('cafe', 'Cafe')).toBe(false)
    expect(sameText('two lines', 'two\nlines')).toBe(true)
    expect(sameText('AICA license ...DEF', 'AICA license \u2026DEF')).toBe(true)
    expect(sameText('AICA license ..DEF', 'AICA license \u2026DEF')).toBe(false)
    expect(sameText(`it's "mine"`, 'it\u2019s \u201cmine\u201d')).toBe(true)
    expect(sameText(`it's mine`, 'it\u2019s yours')).toBe(false)
  })

  test.each(['it’s “mine”', '🚀 rocket', '<b>bold</b>', 'שלום עולם', '名前', 'ž'.repeat(200)])(
    '%s is one',
    (name) => {
      expect(nameProblem(name)).toBeNull()
    },
  )

  test('line breaks, nothing and too much are not', () => {
    expect(nameProblem('two\u2028lines')).toEqual({ kind: 'control' })
    expect(nameProblem('\u00a0 ')).toEqual({ kind: 'empty' })
    expect(nameProblem('🚀'.repeat(300))).toEqual({ kind: 'too-long', chars: 300 })
  })

  test('a path is told as file and folder', () => {
    expect(fileName('/home/ada/.env')).toBe('.env')
    expect(folderOf('/home/ada/.env')).toBe('/home/ada')
    expect(folderOf('/license')).toBe('/')
    expect(fileName('C:\\Users\\ada\\license.jwt')).toBe('license.jwt')
    expect(fileName('/home/ada/\\u{202e}vne.')).toBe('\\u{202e}vne.')
  })
})
