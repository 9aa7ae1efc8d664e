import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)

describe('deleting', () => {
  async function opened(scene = 'three', license = 'L2') {
    const window = await openWindow(scene)
    await window.select(license)
    screen.getByTestId('list').focus()
    await window.user.keyboard('{Delete}')
    await screen.findByTestId('delete-dialog')
    return window
  }

  test('the button stays off until the name matches', async () => {
    const { user } = await opened()
    expect(button('delete-confirm').disabled).toBe(true)
    await user.type(screen.getByTestId('delete-typed'), 'clinic-productio')
    expect(button('delete-confirm').disabled).toBe(true)
    await user.type(screen.getByTestId('delete-typed'), 'n')
    expect(button('delete-confirm').disabled).toBe(false)
  })

  test('Enter with a wrong name deletes nothing', async () => {
    const { user, calls } = await opened()
    await user.type(screen.getByTestId('delete-typed'), 'clinic{Enter}')
    expect(calls('remove')).toHaveLength(0)
  })

  test('a name typed in another normal form matches', async () => {
    const { user } = await opened('odd', 'L17')
    await user.click(screen.getByTestId('delete-typed'))
    await user.paste('Café (decomposed \u00e9)')
    expect(button('delete-confirm').disabled).toBe(false)
  })

  test('says which files use the key', async () => {
    await opened()
    expect(screen.getByTestId('delete-dialog').textContent).toContain(
      '/home/ada/projects/clinic-production/.env',
    )
  })

  test('the license is gone afterwards', async () => {
    const { user } = await opened()
    await user.type(screen.getByTestId('delete-typed'), 'clinic-production{Enter}')
    await waitFor(() => expect(screen.queryByTestId('row-L2')).toBeNull())
    expect((await screen.findByTestId('toast')).textContent).toContain('was deleted')
  })

  test('an imported key is removed, not deleted at a vendor', async () => {
    const { user, calls } = await opened('three', 'L3')
    expect(screen.getByRole('heading', { name: /^Remove/ })).toBeTruthy()
    await user.type(screen.getByTestId('delete-typed'), 'AICA license 0F2{Enter}')
    await waitFor(() => expect(calls('removeLicense')).toHaveLength(1))
    expect(calls('remove')).toHaveLength(0)
  })

  test('what the vendor refuses is told, and the license stays', async () => {
    const { user, world } = await opened()
    world.scene.fail.remove = {
      code: 'vendor-rejected',
      args: { status: '422' },
      detail: 'License is in use',
    }
    await user.type(screen.getByTestId('delete-typed'), 'clinic-production{Enter}')
    expect((await screen.findByTestId('delete-error')).textContent).toContain('License is in use')
    expect(screen.getByTestId('row-L2')).toBeTruthy()
  })
})
