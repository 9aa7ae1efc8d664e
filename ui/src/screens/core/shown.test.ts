import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

const line = async () => (await screen.findByTestId('core-state')).textContent?.replace(/\s+/g, ' ').trim()

test.each([
  ['three', 'Online In touch with its vendor.'],
  ['core-offline', 'Offline It runs, and is not in touch with its vendor.'],
  [
    'core-undetermined',
    'Not determined yet It runs, and does not know its license yet. That is not the same as having none.',
  ],
  ['core-away', 'Not running No Core answers at http://localhost:8080/api.'],
])('the Core of this computer is told as what it is: %s', async (scene, words) => {
  const { select, unfold } = await openWindow(scene)
  await select('L3')
  await unfold('core')
  expect(await line()).toBe(words)
  expect(await violations(screen.getByTestId('core'))).toEqual([])
})

test('a product without a Core has no such line', async () => {
  const { select, calls } = await openWindow()
  await select('L1')
  expect(screen.queryByTestId('fold-core')).toBeNull()
  expect(calls('core')).toEqual([])
})

test('what something else answers at the address is told, with the way to another address', async () => {
  const error = { code: 'vendor-not-a-portal', args: { what: 'html' }, detail: null }
  const { user, select, unfold } = await openWindow('three', { core: { kind: 'unreachable', error } })
  await select('L3')
  await unfold('core')
  expect(await line()).toContain('No Core Something else answers at')
  await user.click(screen.getByTestId('core-address'))
  expect(await screen.findByTestId('settings-core-address')).toBeTruthy()
})

test('the address of the Core is set in the settings, and a wrong one is told at its field', async () => {
  const { user, world } = await openWindow()
  await user.click(screen.getByTestId('open-settings'))
  const field = await screen.findByTestId('settings-core-address')
  await user.type(field, 'http://localhost:9080/api')
  await user.click(screen.getByTestId('settings-core-save'))
  await waitFor(() => expect(world.settings.coreAddress).toBe('http://localhost:9080/api'))
  expect((await screen.findByTestId('toast')).textContent).toContain('Saved')
  world.scene.fail.changeSettings = { code: 'url-invalid', args: {}, detail: null }
  await user.clear(field)
  await user.type(field, 'nonsense')
  await user.click(screen.getByTestId('settings-core-save'))
  expect((await screen.findByRole('alert')).textContent).toContain('A web address begins with https://')
  expect((field as HTMLInputElement).value, 'what was typed is there to be mended').toBe('nonsense')
})
