import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { m } from '.'

const src = join(import.meta.dirname, '../..')

/** The page without its messages and its tests. */
const page = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|svelte)$/.test(name) && !/\.test\.ts$|^lib\/(messages|ipc)\//.test(name))
  .map((name) => readFileSync(join(src, name), 'utf8'))
  .join('\n')

const used = new Set(
  [...page.matchAll(/\bm\s*\.\s*(\w+)\s*\.\s*(\w+)/g)].map(([, group, key]) => `${group}.${key}`),
)

test('every message is used', () => {
  const keys = Object.entries(m).flatMap(([group, all]) => Object.keys(all).map((key) => `${group}.${key}`))
  expect(keys.length).toBeGreaterThan(500)
  expect(keys.filter((key) => !used.has(key))).toEqual([])
})

test('no group of messages is handed on, where their use could not be seen', () => {
  const groups = Object.keys(m).join('|')
  expect(page.match(new RegExp(String.raw`.*\bm\s*\.\s*(${groups})\b(?!\s*\.\s*\w).*`, 'g')) ?? []).toEqual(
    [],
  )
})
