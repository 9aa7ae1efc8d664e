import { expect, test } from 'vitest'
import { m } from '.'

test('a word that is not known is shown as the vendor sent it', () => {
  expect(m.words.hosting('self-hosted')).toBe('Self-hosted')
  expect(m.words.hosting('on-the-moon')).toBe('on-the-moon')
  expect(m.words.status('valid')).toBe('Valid')
})

test('numbers of things agree with their words', () => {
  expect(m.list.count('1', true)).toBe('1 license')
  expect(m.list.count('10,000', false)).toBe('10,000 licenses')
  expect(m.create.sameName(1)).toContain('a license of that name')
  expect(m.create.sameName(3)).toContain('3 licenses')
})

test('what was sent without an answer is told as it was: create or delete', () => {
  expect(m.common.settledDone('create', 'north')).toBe('“north” was created after all')
  expect(m.common.settledNot('delete', 'north')).toBe('“north” was not deleted')
})

test('no string holds a mark that only HTML would read', () => {
  const strings = JSON.stringify(m)
  expect(strings).not.toMatch(/&[a-z]+;|<[a-z]/)
})

test('a vendor’s names of facts read as words, and what is no such name stays', () => {
  expect(m.words.factName('max-instances')).toBe('Max instances')
  expect(m.words.factName('fhir-version')).toBe('FHIR version')
  expect(m.words.factName('Running instances')).toBe('Running instances')
  expect(m.words.factValue('false')).toBe('No')
  expect(m.words.factValue('14')).toBe('14')
})
