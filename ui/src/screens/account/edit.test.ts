/** What of an account changes without a new login. */
import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

async function opened() {
  const window = await openWindow('session')
  const account = window.world.scene.accounts.find(({ provider }) => provider === 'aica')
  if (!account) throw new Error('no account')
  await window.user.click(screen.getByTestId(`account-menu-${account.id}`))
  await window.user.click(await screen.findByTestId(`account-edit-${account.id}`))
  await screen.findByTestId('edit-account-dialog')
  return { ...window, account }
}

const button = () => screen.getByTestId<HTMLButtonElement>('edit-account-confirm')

describe('settings of an account', () => {
  test('are saved without a password', async () => {
    const { user, calls, account } = await opened()
    expect(button().disabled).toBe(true)
    expect(await violations()).toEqual([])
    await user.type(screen.getByTestId('edit-field-registry'), 'mirror.aica.tech{Enter}')
    await waitFor(() => expect(screen.queryByTestId('edit-account-dialog')).toBeNull())
    expect(calls('editAccount')).toEqual([['editAccount', account.id, { registry: 'mirror.aica.tech' }]])
  })

  test('ask for the host once more where it is foreign', async () => {
    const { user, calls } = await opened()
    expect(screen.queryByTestId('edit-field-confirm-registry')).toBeNull()
    await user.type(screen.getByTestId('edit-field-registry'), 'registry.example{Enter}')
    await user.type(await screen.findByTestId('edit-field-confirm-registry'), 'registry.example{Enter}')
    await waitFor(() => expect(screen.queryByTestId('edit-account-dialog')).toBeNull())
    expect(calls('editAccount').at(-1)?.[2]).toEqual({
      registry: 'registry.example',
      'confirm-registry': 'registry.example',
    })
  })

  test('show at its field what cannot be used', async () => {
    const { user } = await opened()
    await user.type(screen.getByTestId('edit-field-registry'), 'not a host{Enter}')
    const field = screen.getByTestId('edit-field-registry')
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
  })
})
