import { describe, expect, test } from 'vitest'
import { fake } from '$lib/ipc/fake'
import { scenario } from '$lib/ipc/fake/scenarios'
import { LicenseList } from '$lib/state/list/list.svelte'
import { Selection } from '$lib/state/list/selection.svelte'
import { Rows, target } from './rows.svelte'

async function opened() {
  const list = new LicenseList(fake(scenario('many')).backend)
  const selection = new Selection()
  await list.again()
  return { list, selection, rows: new Rows(list, selection) }
}

describe('keys', () => {
  test('arrows move by a row and stop at the ends', () => {
    expect(target('ArrowDown', null, 10, 5)).toBe(0)
    expect(target('ArrowDown', 9, 10, 5)).toBe(9)
    expect(target('ArrowUp', 4, 10, 5)).toBe(3)
  })

  test('Home, End and the page keys jump', () => {
    expect(target('End', 0, 10, 5)).toBe(9)
    expect(target('Home', 9, 10, 5)).toBe(0)
    expect(target('PageDown', 2, 10, 5)).toBe(7)
    expect(target('PageUp', 2, 10, 5)).toBe(0)
  })

  test('an empty list and other keys lead nowhere', () => {
    expect(target('ArrowDown', null, 0, 5)).toBeNull()
    expect(target('x', 1, 10, 5)).toBeNull()
  })
})

describe('selecting', () => {
  test('a row far below is fetched before it is chosen', async () => {
    const { list, selection, rows } = await opened()
    await rows.choose(9_999)
    expect(selection.only).toBe(list.row(9_999)?.id)
  })

  test('Shift selects the range from where it began, in both directions', async () => {
    const { selection, rows } = await opened()
    await rows.choose(10)
    await rows.extend(13)
    expect(selection.size).toBe(4)
    await rows.extend(8)
    expect(selection.size).toBe(3)
    expect(selection.active?.index).toBe(8)
  })

  test('a range may span rows that were never shown', async () => {
    const { selection, rows } = await opened()
    await rows.choose(0)
    await rows.extend(2_499)
    expect(selection.size).toBe(2_500)
  })

  test('Ctrl adds and takes away', async () => {
    const { selection, rows } = await opened()
    await rows.choose(1)
    await rows.toggle(3)
    expect(selection.size).toBe(2)
    expect(selection.only).toBeNull()
    await rows.toggle(1)
    expect(selection.size).toBe(1)
  })

  test('all are selected at once', async () => {
    const { selection, rows } = await opened()
    await rows.all()
    expect(selection.size).toBe(10_000)
  })

  test('the selection follows its license to another place, and ends with it', async () => {
    const { selection, rows } = await opened()
    await rows.choose(4)
    selection.moved(40)
    expect(selection.active?.index).toBe(40)
    expect(selection.size).toBe(1)
    selection.moved(null)
    expect(selection.size).toBe(0)
  })
})
