import { describe, expect, test } from 'vitest'
import { complete, completed, FILTERS, type Filter } from './completion'

const VALUES: Partial<Record<Filter, string[]>> = {
  type: ['dev', 'prod', 'ci'],
  account: ['North Star', 'south'],
  vendor: ['acme'],
}
const valuesOf = (filter: Filter) =>
  (VALUES[filter] ?? []).map((value) => ({ value, title: value === 'acme' ? 'Acme Robotics' : null }))
const at = (text: string, caret = text.length) => complete(text, caret, FILTERS, valuesOf)
const words = (text: string, caret?: number) => at(text, caret).suggestions.map(({ word }) => word)

describe('completion of the search', () => {
  test('offers filters that begin with the word', () => {
    expect(words('ty')).toEqual(['type:'])
    expect(words('exp')).toEqual(['expires:', 'expires-after:', 'expires-before:'])
    expect(words('north ty')).toEqual(['type:'])
    expect(words('zebra')).toEqual([])
    expect(words('')).toEqual([])
  })

  test('offers the values of a filter, also by what they are called', () => {
    expect(words('type:')).toEqual(['type:dev', 'type:prod', 'type:ci'])
    expect(words('not:type:p')).toEqual(['not:type:prod'])
    expect(words('vendor:robo')).toEqual(['vendor:acme'])
    expect(words('type:dev')).toEqual([])
    expect(words('https://acme')).toEqual([])
  })

  test('quotes a value with a space', () => {
    expect(words('account:"north')).toEqual(['account:"North Star"'])
  })

  test('is about the word at the caret', () => {
    expect(words('ty north', 2)).toEqual(['type:'])
    expect(completed('ty north', at('ty north', 2), 'type:')).toEqual(['type: north', 5])
    expect(completed('north ty', at('north ty'), 'type:')).toEqual(['north type:', 11])
    expect(completed('type:d x', at('type:d x', 6), 'type:dev')).toEqual(['type:dev x', 9])
  })

  test('knows which words cannot be read yet', () => {
    for (const text of ['type:', 'type:d', 'not:', 'vendor:ac']) expect(at(text).unfinished, text).toBe(true)
    for (const text of ['type:dev', 'account:so', 'ty', 'type:zebra'])
      expect(at(text).unfinished, text).toBe(false)
  })
})
