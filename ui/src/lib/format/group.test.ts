import { expect, test } from 'vitest'
import { monthName, systemClock } from './dates'
import { usedName, usedText } from './used'

test('a month is named with its year', () => {
  expect(monthName('2026-12', { ...systemClock, locale: 'en' })).toBe('December 2026')
  expect(monthName('2027-03', { ...systemClock, locale: 'it' })).toBe('marzo 2027')
})

test('use is short for the eye and in full for the ear', () => {
  const seats = { unit: 'seats' as const, used: 1, most: 1 }
  expect([usedText(seats), usedName(seats)]).toEqual(['1/1', '1 of 1 seats used'])
  const users = { unit: 'users' as const, used: 11, most: 15 }
  expect([usedText(users), usedName(users)]).toEqual(['11/15', '11 of 15 users used'])
  const endless = { ...seats, most: null }
  expect([usedText(endless), usedName(endless)]).toEqual(['1', '1 seat used'])
})

test('an unknown use is a dash', () => {
  expect(usedText(null)).toBe('–')
  const users = { unit: 'users' as const, used: null, most: 15 }
  expect([usedText(users), usedName(users)]).toEqual(['–', 'Used users unknown, 15 users included'])
})
