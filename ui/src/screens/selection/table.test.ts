/** Exporting licenses as CSV. */
import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

const button = () => screen.getByTestId<HTMLButtonElement>('export-table-confirm')

async function selected(names: string[]) {
  const window = await openWindow()
  const [first = '', ...others] = names
  await window.select(first)
  await window.user.keyboard('{Control>}')
  for (const one of others) await window.user.click(screen.getByTestId(`row-${one}`))
  await window.user.keyboard('{/Control}')
  await window.user.click(await screen.findByTestId('selection-export'))
  await screen.findByTestId('export-table-dialog')
  return window
}

describe('exporting a list', () => {
  test('writes the selected licenses with the chosen columns', async () => {
    const { user, calls } = await selected(['L1', 'L3'])
    expect(button().disabled).toBe(true)
    expect(await violations()).toEqual([])
    await user.type(screen.getByTestId('export-table-path'), '/tmp/licenses.csv')
    await user.click(screen.getByTestId('export-table-column-product'))
    await user.click(screen.getByTestId('export-table-column-files'))
    expect(button().textContent).toContain('Export 2 licenses')
    await user.click(button())
    expect((await screen.findByTestId('toast')).textContent).toContain(
      '2 licenses exported to /tmp/licenses.csv',
    )
    const [[, request] = []] = calls('exportTable')
    expect(request).toMatchObject({
      licenses: ['L1', 'L3'],
      columns: ['account', 'name', 'status', 'expires', 'expires_in_days', 'files'],
      path: '/tmp/licenses.csv',
      replace: false,
    })
    expect(screen.queryByTestId('export-table-dialog')).toBeNull()
  })

  test('writes all that the list shows instead', async () => {
    const { user, calls } = await selected(['L1', 'L3'])
    await user.click(screen.getByTestId('export-table-all'))
    await user.type(screen.getByTestId('export-table-path'), '/tmp/all.csv{Enter}')
    await waitFor(() => expect(calls('exportTable')).toHaveLength(1))
    expect(calls('exportTable')[0]?.[1]).toMatchObject({ licenses: null })
  })

  test('replaces a file only once its name was shown', async () => {
    const { user, calls } = await selected(['L1', 'L3'])
    await user.type(screen.getByTestId('export-table-path'), '/tmp/exists.csv{Enter}')
    await waitFor(() => expect(button().textContent).toContain('Replace file'))
    expect(screen.getByText(/exists already/)).toBeTruthy()
    await user.click(button())
    await waitFor(() => expect(screen.queryByTestId('export-table-dialog')).toBeNull())
    expect(calls('exportTable').map(([, request]) => (request as { replace: boolean }).replace)).toEqual([
      false,
      true,
    ])
  })

  test('opens for the whole list with a shortcut', async () => {
    const { user } = await openWindow()
    await screen.findByTestId('row-L1')
    await user.keyboard('{Control>}{Shift>}e{/Shift}{/Control}')
    await screen.findByTestId('export-table-dialog')
    expect(screen.queryByTestId('export-table-selected')).toBeNull()
    expect(button().textContent).toContain('Export 3 licenses')
  })
})
