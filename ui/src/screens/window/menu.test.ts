import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

const list = () => screen.getByTestId('list')
const menu = () => screen.findByTestId('menu')
const press = (element: Element) => fireEvent.contextMenu(element, { button: 2, clientX: 40, clientY: 40 })
const isMarked = (row: string) => screen.getByTestId(`row-${row}`).getAttribute('aria-selected') === 'true'

describe('the menu of a row', () => {
  test('selects its license and can do what the detail pane can', async () => {
    const { user } = await openWindow()
    await press(await screen.findByTestId('row-L2'))
    const open = await menu()
    expect(isMarked('L2')).toBe(true)
    const items = within(open).getAllByRole('menuitem')
    expect(items.map(({ dataset }) => dataset.testid)).toEqual([
      'menu-export',
      'menu-copy-key',
      'menu-copy-name',
      'run-open',
      'create-like',
      'replace-open',
      'leaked-mark',
      'delete-open',
    ])
    expect(await violations(open)).toEqual([])
    await user.click(screen.getByTestId('delete-open'))
    expect(await screen.findByTestId('delete-dialog')).toBeTruthy()
  })

  test('is left with Esc, and the list has the keyboard again', async () => {
    const { user } = await openWindow()
    await screen.findByTestId('row-L2')
    list().focus()
    await press(screen.getByTestId('row-L2'))
    const open = await menu()
    await waitFor(() => expect(open.contains(document.activeElement)).toBe(true))
    await user.keyboard('{Escape}')
    expect(screen.queryByTestId('menu')).toBeNull()
    expect(document.activeElement).toBe(list())
  })

  test('opens by the menu key for the row that has the keyboard', async () => {
    const { user, world } = await openWindow()
    await screen.findByTestId('row-L1')
    list().focus()
    await user.keyboard('{ArrowDown}')
    await fireEvent.contextMenu(list(), { button: 0 })
    await user.click(within(await menu()).getByTestId('menu-copy-name'))
    const [first] = within(list()).getAllByRole('row').slice(1)
    await waitFor(() =>
      expect(world.clipboard).toEqual([world.row(first?.id.replace('row-', '') ?? '').label]),
    )
  })

  test('opens by Shift+F10, too', async () => {
    const { user } = await openWindow()
    await screen.findByTestId('row-L1')
    list().focus()
    await user.keyboard('{ArrowDown}{Shift>}{F10}{/Shift}')
    expect(within(await menu()).getByTestId('menu-copy-name')).toBeTruthy()
  })

  test('copies the key', async () => {
    const { user, calls } = await openWindow()
    await press(await screen.findByTestId('row-L2'))
    await user.click(within(await menu()).getByTestId('menu-copy-key'))
    await waitFor(() => expect(calls('copyKey')).toEqual([['copyKey', 'L2']]))
  })

  test('of several selected licenses is about all of them', async () => {
    const { user } = await openWindow()
    await screen.findByTestId('row-L1')
    list().focus()
    await user.keyboard('{Control>}a{/Control}')
    await press(screen.getByTestId('row-L2'))
    const open = await menu()
    expect(open.getAttribute('aria-label')).toBe('3 selected')
    expect(isMarked('L1')).toBe(true)
    await user.click(within(open).getByTestId('menu-delete'))
    expect(await screen.findByText('Delete 3 licenses?')).toBeTruthy()
  })
})

describe('the menu of an account', () => {
  test('is that of its button', async () => {
    const { user } = await openWindow()
    await press(await screen.findByTestId('account-1'))
    const open = await menu()
    await user.click(within(open).getByTestId('account-rename-1'))
    expect(await screen.findByTestId('rename-name')).toBeTruthy()
  })
})

describe('the web page’s own menu', () => {
  test('opens in text fields alone', async () => {
    await openWindow()
    const search = await screen.findByTestId('search')
    expect(await press(search), 'not prevented').toBe(true)
    for (const testid of ['list-count', 'detail', 'view-all', 'list']) {
      expect(await press(screen.getByTestId(testid)), testid).toBe(false)
    }
    expect(screen.queryByTestId('menu')).toBeNull()
  })
})
