/** Vendors with their accounts in the left pane. */
import { screen, waitFor, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

test('accounts are listed under their vendor', async () => {
  const { world } = await openWindow()
  const [account] = world.scene.accounts
  if (!account) throw new Error('no account')
  const group = screen.getByRole('list', { name: 'Aidbox portal' })
  expect(within(group).getByTestId(`account-${account.id}`).textContent).toContain(account.name)
})

test('a vendor with several accounts shows the licenses of all of them', async () => {
  const { user, world } = await openWindow()
  const [account] = world.scene.accounts
  if (!account) throw new Error('no account')
  world.scene.accounts = [...world.scene.accounts, { ...account, id: 77, name: 'second' }]
  world.changed()
  await user.click(await screen.findByTestId(`vendor-${account.provider}`))
  await waitFor(() =>
    expect(screen.getByTestId(`vendor-${account.provider}`).getAttribute('aria-current')).toBe('true'),
  )
  expect(screen.getByTestId('view-all').getAttribute('aria-current')).toBeNull()
  expect(await screen.findByRole('button', { name: 'Remove filter vendor: aidbox' })).toBeTruthy()
})
