import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

describe('the list', () => {
  test('is a grid that says how many rows it has, drawn or not', async () => {
    await openWindow('many')
    const grid = screen.getByRole('grid')
    expect(grid.getAttribute('aria-rowcount')).toBe('10001')
    expect(within(grid).getAllByRole('row').length).toBeLessThan(40)
  })

  test('is walked by keyboard', async () => {
    const { user } = await openWindow('many')
    screen.getByTestId('list').focus()
    await user.keyboard('{ArrowDown}{ArrowDown}{End}')
    await waitFor(() => {
      const active = screen.getByTestId('list').getAttribute('aria-activedescendant')
      const row = document.getElementById(active ?? '')
      expect(row?.getAttribute('aria-rowindex')).toBe('10001')
      expect(row?.getAttribute('aria-selected')).toBe('true')
    })
  })

  test('Shift and the arrows select a range, which the detail counts', async () => {
    const { user } = await openWindow('many')
    screen.getByTestId('list').focus()
    await user.keyboard('{ArrowDown}')
    await waitFor(() => expect(screen.getAllByRole('row', { selected: true })).toHaveLength(1))
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect((await screen.findByTestId('detail-many')).textContent).toContain('2 selected')
  })

  test('shows names as text, whatever they hold', async () => {
    const { container } = await openWindow('odd')
    expect(screen.getByText('<b onclick="alert(1)">bold</b> & <script>')).toBeTruthy()
    expect(container.querySelector('b[onclick]')).toBeNull()
  })

  test('invents no name and no expiry for a bare key', async () => {
    await openWindow()
    const row = await screen.findByTestId('row-L3')
    expect(within(row).getAllByText('Unknown')[0]).toBeTruthy()
  })

  test('says under the name what has no column, in a line of its own that compact rows go without', async () => {
    const { user } = await openWindow()
    const under = async () => {
      const row = await screen.findByTestId('row-L2')
      return within(row).getAllByRole('gridcell').at(-1)?.textContent
    }
    expect(await under()).toContain('Aidbox')
    expect(await under()).toContain('northwind')
    await user.click(screen.getByTestId('open-settings'))
    await user.click(await screen.findByTestId('settings-density-compact'))
    await user.click(screen.getByTestId('page-back'))
    expect(await under()).not.toContain('northwind')
  })

  test('is sorted by a press on a title, which says so', async () => {
    const { user } = await openWindow()
    await user.click(screen.getByTestId('sort-name'))
    await waitFor(() =>
      expect(screen.getByRole('columnheader', { name: /Name/ }).getAttribute('aria-sort')).toBe('ascending'),
    )
  })

  test('a column can be hidden, is remembered, and comes back with Undo', async () => {
    const { user, world } = await openWindow()
    await user.click(screen.getByTestId('columns'))
    await user.click(screen.getByTestId('column-status'))
    await waitFor(() => expect(world.settings.columns.some(({ column }) => column === 'status')).toBe(false))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(world.settings.columns.some(({ column }) => column === 'status')).toBe(true))
  })
})
