import { expect, test } from 'vitest'
import { detailOf } from '$lib/ipc/fake/detail'
import { scenario, READY } from '$lib/ipc/fake/scenarios'
import { statingAttributes } from './attributes'

function attributes(limits: Record<string, string>, facets: string[] = []) {
  const [row] = scenario('three').rows
  if (!row) throw new Error('no license')
  const view = detailOf(row, [], { vault: READY, tokenKept: false })
  const all = Object.entries(limits).map(([name, value]) => ({ name, value }))
  return statingAttributes({ ...view, facets, limits: all }).map(({ name }) => name)
}

test('attributes that state nothing are left out', () => {
  const nothing = {
    strict: 'false',
    floating: 'no',
    uses: '0',
    owner: 'null',
    meta: '{}',
    tags: '[]',
    note: ' ',
  }
  expect(attributes({ ...nothing, 'max-instances': '1', offline: 'true' })).toEqual([
    'max-instances',
    'offline',
  ])
})

test('attributes with a section of their own are left out', () => {
  expect(attributes({ 'max-machines': '1', encrypted: 'true' }, ['seats', 'certificates'])).toEqual([])
})
