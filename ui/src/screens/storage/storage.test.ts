import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

async function opened(name = 'three', change = {}) {
  const window = await openWindow(name, change)
  await window.user.click(screen.getByTestId('open-settings'))
  await window.user.click(await screen.findByTestId('settings-storage'))
  await screen.findByTestId('storage-table')
  return window
}

const confirm = () => screen.getByTestId<HTMLButtonElement>('storage-forget-confirm')

describe('what is stored where', () => {
  test('every secret has its place, and where it is sent', async () => {
    await opened()
    const rows = within(screen.getByTestId('storage-table')).getAllByRole('row')
    const words = rows.map(({ textContent }) => textContent.replaceAll(/\s+/g, ' '))
    expect(words.find((row) => row.includes('Data key'))).toMatch(/System keyring.*Never sent/)
    expect(words.find((row) => row.includes('Token'))).toMatch(/northwind.*Library, sealed.*aidbox\.app/)
  })

  test('the one secret that is not sealed is named among them', async () => {
    await opened()
    const rows = within(screen.getByTestId('storage-table')).getAllByRole('row')
    const words = rows.map(({ textContent }) => textContent.replaceAll(/\s+/g, ' '))
    expect(words.find((row) => row.includes('Signing key'))).toMatch(/Local portal.*not sealed.*Never sent/)
  })

  test('every file is there by its path', async () => {
    await opened()
    expect(screen.getByTestId('storage-files').textContent).toContain('/home/ada/.aica-license.toml')
    expect(screen.getByTestId('storage-files').textContent).toContain('in the clear')
  })

  test('that cannot be listed can be tried again', async () => {
    const fail = { stored: { code: 'library-busy', args: {}, detail: null } }
    const { user, world } = await openWindow('three', { fail })
    await user.click(screen.getByTestId('open-settings'))
    await user.click(await screen.findByTestId('settings-storage'))
    await screen.findByText(/Another program is using the library/)
    delete world.scene.fail.stored
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByTestId('storage-table')
  })

  test('has nothing that axe finds wrong', async () => {
    const { user } = await opened()
    expect(await violations()).toEqual([])
    await user.click(screen.getByTestId('storage-forget'))
    expect(await violations()).toEqual([])
  })
})

describe('forgetting everything', () => {
  test('is off until it is typed, and begins anew afterwards', async () => {
    const { user, calls } = await opened()
    await user.click(screen.getByTestId('storage-forget'))
    await user.type(screen.getByTestId('storage-forget-typed'), 'forget every{Enter}')
    expect(confirm().disabled).toBe(true)
    expect(calls('forgetEverything')).toHaveLength(0)
    await user.type(screen.getByTestId('storage-forget-typed'), 'thing')
    await user.click(confirm())
    await screen.findByTestId('setup-step-where')
    expect(calls('forgetEverything')).toEqual([['forgetEverything', 'forget everything']])
  })

  test('that fails says why, and nothing is hidden', async () => {
    const fail = { forgetEverything: { code: 'keyring-timed-out', args: {}, detail: null } }
    const { user } = await opened('three', { fail })
    await user.click(screen.getByTestId('storage-forget'))
    await user.type(screen.getByTestId('storage-forget-typed'), 'forget everything{Enter}')
    await screen.findByTestId('storage-forget-error')
    expect(screen.queryByTestId('setup')).toBeNull()
  })

  test('can be left', async () => {
    const { user, calls } = await opened()
    await user.click(screen.getByTestId('storage-forget'))
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(screen.queryByTestId('storage-forget-dialog')).toBeNull())
    expect(calls('forgetEverything')).toHaveLength(0)
  })
})
