import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)

describe('accounts', () => {
  test('a rename can be undone', async () => {
    const { user, world } = await openWindow()
    await user.click(screen.getByTestId('account-menu-1'))
    await user.click(screen.getByTestId('account-rename-1'))
    await user.clear(await screen.findByTestId('rename-name'))
    await user.type(screen.getByTestId('rename-name'), 'southwind{Enter}')
    await waitFor(() => expect(world.scene.accounts[0]?.name).toBe('southwind'))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(world.scene.accounts[0]?.name).toBe('northwind'))
  })

  test('removing one asks for its name', async () => {
    const { user, world } = await openWindow()
    await user.click(screen.getByTestId('account-menu-1'))
    await user.click(screen.getByTestId('account-remove-1'))
    await screen.findByTestId('remove-account-dialog')
    expect(button('remove-account-confirm').disabled).toBe(true)
    await user.type(screen.getByTestId('remove-account-typed'), 'northwind{Enter}')
    await waitFor(() => expect(world.scene.accounts).toHaveLength(1))
    expect((await screen.findByTestId('toast')).textContent).toContain('“northwind” was removed')
  })
})
