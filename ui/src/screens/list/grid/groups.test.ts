import { screen, waitFor, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, test } from 'vitest'
import { openWindow } from '../../../../tests/window'

beforeEach(() => localStorage.clear())

type Opened = Awaited<ReturnType<typeof openWindow>>

async function groupedBy(by: string, name = 'three', change: Parameters<typeof openWindow>[1] = {}) {
  const opened = await openWindow(name, change)
  await opened.user.click(screen.getByTestId('group'))
  await opened.user.click(screen.getByTestId(`group-${by}`))
  await waitFor(() => expect(screen.getAllByRole('rowheader').length).toBeGreaterThan(0))
  return opened
}

const headings = () => screen.getAllByRole('rowheader').map((one) => one.getAttribute('aria-label'))
const focused = () => screen.getByTestId('list').getAttribute('aria-activedescendant')
const selected = () => screen.queryAllByRole('row', { selected: true }).map(({ id }) => id)

async function press(user: Opened['user'], keys: string): Promise<void> {
  screen.getByTestId('list').focus()
  await user.keyboard(keys)
}

describe('a grouped list', () => {
  test('has a heading for each group, with its name and count', async () => {
    await groupedBy('account')
    expect(headings()).toEqual(['northwind, 2 licenses', 'Imported keys, 1 license'])
    const grid = screen.getByRole('grid')
    expect(grid.getAttribute('aria-rowcount')).toBe('6')
    const rows = within(grid).getAllByRole('row').slice(1)
    expect(rows.map((row) => row.getAttribute('aria-rowindex'))).toEqual(['2', '3', '4', '5', '6'])
    expect(screen.getAllByRole('rowheader')[0]?.getAttribute('aria-expanded')).toBe('true')
  })

  test('is grouped by vendor, type and expiry too', async () => {
    const { user } = await groupedBy('vendor')
    const by = async (group: string) => {
      await user.click(screen.getByTestId('group'))
      await user.click(screen.getByTestId(`group-${group}`))
    }
    expect(headings().map((one) => one?.split(',')[1])).toEqual([' 1 license', ' 2 licenses'])
    await by('type')
    await waitFor(() =>
      expect(headings()).toEqual(['Dev, 1 license', 'No type, 1 license', 'Prod, 1 license']),
    )
    await by('expiry')
    await waitFor(() => expect(headings()).toContain('Never expires, 1 license'))
    await by('none')
    await waitFor(() => expect(screen.queryAllByRole('rowheader')).toHaveLength(0))
  })

  test('is remembered like the order', async () => {
    const { unmount } = await groupedBy('account')
    unmount()
    expect(localStorage.getItem('licet.group')).toBe('account')
  })

  test('draws only what shows of 10,000 licenses', async () => {
    const { calls } = await groupedBy('type', 'many')
    const grid = screen.getByRole('grid')
    expect(grid.getAttribute('aria-rowcount')).toBe('10004')
    expect(within(grid).getAllByRole('row').length).toBeLessThan(40)
    expect(calls('list').every(([, , , limit]) => Number(limit) <= 100)).toBe(true)
  })

  test('counts licenses only', async () => {
    const { user } = await groupedBy('account')
    expect(screen.getByTestId('list-count').textContent).toContain('3 licenses')
    await press(user, '{Control>}a{/Control}')
    await waitFor(() => expect(screen.getByTestId('selection-bar').textContent).toContain('3 selected'))
  })
})

describe('a group', () => {
  test('is folded and unfolded by a click', async () => {
    const { user } = await groupedBy('account')
    await user.click(screen.getByTestId('heading-1'))
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    expect(screen.getByTestId('list-count').textContent).toContain('3 licenses')
    expect(headings()).toEqual(['northwind, 2 licenses', 'Imported keys, 1 license'])
    expect(document.getElementById('heading-1')?.getAttribute('aria-expanded')).toBe('false')
    await user.click(screen.getByTestId('heading-1'))
    expect(await screen.findByTestId('row-L1')).toBeTruthy()
  })

  test.each([
    ['{ArrowLeft}', '{ArrowRight}'],
    ['{Enter}', '{Enter}'],
    [' ', ' '],
  ])('is folded by %s at its heading and unfolded by %s', async (fold, unfold) => {
    const { user } = await groupedBy('account')
    await press(user, '{ArrowDown}')
    expect(focused()).toBe('heading-1')
    await press(user, fold)
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    await press(user, unfold)
    expect(await screen.findByTestId('row-L1')).toBeTruthy()
    expect(focused()).toBe('heading-1')
  })

  test('stays folded when the list is grouped otherwise and back', async () => {
    const { user } = await groupedBy('account')
    await user.click(screen.getByTestId('heading-1'))
    for (const group of ['type', 'account']) {
      await user.click(screen.getByTestId('group'))
      await user.click(screen.getByTestId(`group-${group}`))
    }
    await waitFor(() => expect(headings()).toHaveLength(2))
    expect(screen.queryByTestId('row-L1')).toBeNull()
  })

  test('lets go of a selected license when it is folded', async () => {
    const { user } = await groupedBy('account')
    await user.click(await screen.findByTestId('row-L1'))
    await waitFor(() => expect(selected()).toEqual(['row-L1']))
    await press(user, '{ArrowLeft}')
    expect(focused()).toBe('heading-1')
    expect(selected()).toEqual(['row-L1'])
    await press(user, '{ArrowLeft}')
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    await waitFor(() => expect(screen.queryByTestId('detail-name')).toBeNull())
    expect(focused()).toBe('heading-1')
  })

  test('takes only its own licenses out of a selection', async () => {
    const { user } = await groupedBy('account')
    await press(user, '{Control>}a{/Control}')
    await waitFor(() => expect(screen.getByTestId('selection-bar').textContent).toContain('3 selected'))
    await user.click(screen.getByTestId('heading-1'))
    await waitFor(() => expect(screen.queryByTestId('selection-bar')).toBeNull())
    expect(selected()).toEqual(['row-L3'])
  })

  test('is unfolded for a license that is to be shown', async () => {
    const { user, world } = await groupedBy('account')
    await user.click(screen.getByTestId('heading-1'))
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    world.tell({ kind: 'arrived', account: 1, license: 'L1', problem: null })
    await waitFor(() => expect(selected()).toEqual(['row-L1']))
  })
})

describe('arrow keys', () => {
  test('stop at headings and at rows', async () => {
    const { user } = await groupedBy('account')
    const stops: (string | null)[] = []
    for (let step = 0; step < 6; step++) {
      await press(user, '{ArrowDown}')
      await waitFor(() => expect(focused()).not.toBeNull())
      stops.push(focused())
    }
    expect(stops).toEqual(['heading-1', 'row-L2', 'row-L1', 'heading-2', 'row-L3', 'row-L3'])
  })

  test('with Shift pass over headings', async () => {
    const { user } = await groupedBy('account')
    await user.click(await screen.findByTestId('row-L1'))
    await press(user, '{Shift>}{ArrowDown}{/Shift}')
    await waitFor(() => expect(selected()).toEqual(['row-L1', 'row-L3']))
  })
})

describe('the column of use', () => {
  test('says how many seats are used, also in words', async () => {
    await openWindow('session')
    const row = await screen.findByTestId('row-L1')
    expect(within(row).getByText('1/1')).toBeTruthy()
    expect(within(row).getByText('1 of 1 seats used')).toBeTruthy()
    expect(screen.getByRole('columnheader', { name: 'Used' })).toBeTruthy()
  })

  test('is offered only if a vendor counts', async () => {
    const { user } = await openWindow()
    expect(screen.queryByRole('columnheader', { name: 'Used' })).toBeNull()
    await user.click(screen.getByTestId('columns'))
    expect(screen.queryByTestId('column-used')).toBeNull()
  })
})
