import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { m } from '.'

test('every activity that the program records has words', () => {
  const source = readFileSync(
    join(import.meta.dirname, '../../../../crates/app/src/context/activity.rs'),
    'utf8',
  )
  const verbs = [...source.matchAll(/Self::\w+ => "(?<verb>[a-z-]+)"/g)].map(
    ({ groups }) => groups?.verb ?? '',
  )
  expect(verbs.length).toBeGreaterThan(18)
  expect(verbs.filter((verb) => m.words.verb(verb) === verb)).toEqual([])
})
