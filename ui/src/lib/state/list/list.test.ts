import { expect, onTestFinished, test, vi } from 'vitest'
import { fake } from '../../ipc/fake'
import { scenario } from '../../ipc/fake/scenarios'
import type { Backend, ListWindow } from '../../ipc'
import { REST_MS } from '../action/action.svelte'
import { LicenseList, withoutWord } from './list.svelte'

function tenThousand() {
  const { backend, world } = fake(scenario('many'))
  const list = new LicenseList(backend)
  const asked = () => world.calls.filter(([name]) => name === 'list')
  return { backend, world, list, asked }
}

test('only the rows around the visible ones are asked for', async () => {
  const { list, asked } = tenThousand()
  await list.again()
  await list.need(5_010, 5_030)
  expect(list.total).toBe(10_000)
  expect(list.row(5_020)).toBeDefined()
  expect(list.row(5_200)).toBeUndefined()
  expect(asked().every(([, , , limit]) => limit === 100)).toBe(true)
})

test('rows that are here are not asked for again', async () => {
  const { list, asked } = tenThousand()
  await list.again()
  await list.need(0, 30)
  await list.need(40, 90)
  expect(asked()).toHaveLength(1)
})

test('pages far away are let go', async () => {
  const { list } = tenThousand()
  await list.again()
  for (let page = 0; page < 60; page++) await list.need(page * 100, page * 100 + 20)
  expect(list.row(5_910)).toBeDefined()
  expect(list.row(10)).toBeUndefined()
})

test('an answer to an older query does not replace a newer one', async () => {
  const { backend } = fake(scenario('three'))
  const answers: ((window: ListWindow) => void)[] = []
  const slow: Backend = { ...backend, list: () => new Promise((answer) => answers.push(answer)) }
  const list = new LicenseList(slow)
  const window = (total: number): ListWindow => ({
    total,
    offset: 0,
    rows: [],
    groups: [],
    chips: [],
    problem: null,
  })
  const first = list.ask({ text: 'c' })
  const second = list.ask({ text: 'cl' })
  answers[1]?.(window(1))
  answers[0]?.(window(99))
  await Promise.all([first, second])
  expect(list.total).toBe(1)
  expect(list.loading).toBe(false)
})

test('sorting by the same column turns the order round', async () => {
  const { list } = tenThousand()
  await list.sortBy('name')
  expect(list.query).toMatchObject({ sort: 'name', descending: false })
  await list.sortBy('name')
  expect(list.query.descending).toBe(true)
})

test('taking a filter away takes its word out of the text', async () => {
  const { list } = tenThousand()
  await list.ask({ text: 'type:prod clinic not:status:expired' })
  const prod = list.chips.find(({ field }) => field === 'type')
  if (prod) await list.without(prod)
  expect(list.query.text).toBe('clinic not:status:expired')
  expect(list.chips.map(({ word }) => word)).toEqual(['not:status:expired'])
})

test('a word is only taken out where it stands alone', () => {
  expect(withoutWord('type:dev mytype:dev', 'type:dev')).toBe('mytype:dev')
  expect(withoutWord('mytype:dev', 'type:dev')).toBe('mytype:dev')
  expect(withoutWord('a  type:dev  b', 'type:dev')).toBe('a b')
})

test('a failure is shown and what was there stays', async () => {
  const { list, world } = tenThousand()
  await list.again()
  world.scene.fail.list = { code: 'library-busy', args: {}, detail: null }
  await list.ask({ text: 'x' })
  expect(list.failure?.code).toBe('library-busy')
  expect(list.row(0)).toBeDefined()
})

async function typing() {
  const made = tenThousand()
  await made.list.again()
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  return made
}

test('a burst of keys asks for rows once', async () => {
  const { list, asked } = await typing()
  for (const text of ['n', 'no', 'nor']) list.typed(text)
  expect([list.text, list.query.text, list.loading]).toEqual(['nor', '', true])
  expect(asked()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(asked()).toHaveLength(2)
  expect([list.query.text, list.loading]).toEqual(['nor', false])
})

test('what was typed is kept while other rows are chosen, which asks once', async () => {
  const { list, asked } = await typing()
  list.typed('nort')
  await list.ask({ view: 'expired' })
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(asked()).toHaveLength(2)
  expect(list.query).toMatchObject({ text: 'nort', view: 'expired' })
})

test('what was typed is asked for also where the library changes meanwhile', async () => {
  const { list } = await typing()
  list.typed('nort')
  await list.again()
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(list.query.text).toBe('nort')
})

test('what was typed is asked for at once where it is needed', async () => {
  const { list, asked } = await typing()
  list.typed('north')
  await list.settle()
  await list.settle()
  expect(asked()).toHaveLength(2)
  expect(list.query.text).toBe('north')
})

test('a row that is looked up does not change which rows are asked for again', async () => {
  const { list, world } = tenThousand()
  await list.again()
  await list.need(0, 20)
  await list.rowAt(0)
  await list.again()
  expect(world.calls.at(-1)).toEqual(['list', expect.anything(), 0, 20])
  expect(list.row(19)).toBeDefined()
})
