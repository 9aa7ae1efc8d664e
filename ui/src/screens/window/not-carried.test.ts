/** What an account's vendor does not take from a program is not offered. */
import { screen, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'
import { account } from '../../lib/ipc/fake/scenarios'
import { m } from '../../lib/messages'

const robots = account(1, { provider: 'aica', name: 'northwind' })

describe('an account whose vendor creates and deletes no licenses for a program', () => {
  test('offers no new license, by button, empty list or key', async () => {
    const { user } = await openWindow('empty-account', { accounts: [robots] })
    expect(screen.getByTestId<HTMLButtonElement>('create-open').disabled).toBe(true)
    expect(
      within(screen.getByTestId('list-empty')).queryByRole('button', { name: m.list.newLicense }),
    ).toBeNull()
    await user.keyboard('{Control>}n{/Control}')
    expect(await screen.findByTestId('create-no-accounts')).toBeDefined()
  })

  test('leads to the vendor’s page for deleting, and Delete does nothing', async () => {
    const { user, select, calls } = await openWindow('three', { accounts: [robots] })
    await select('L1')
    await user.keyboard('{Delete}')
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(screen.getByTestId('detail-menu'))
    expect(screen.queryByTestId('delete-open')).toBeNull()
    await user.click(screen.getByTestId('delete-elsewhere'))
    expect(calls('openPage')).toEqual([['openPage', 'https://aica.tech']])
  })
})
