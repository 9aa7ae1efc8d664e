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
  const { select } = await openWindow(scene)
  await select('L3')
  expect(await line()).toBe(words)
  expect(await violations(screen.getByTestId('core'))).toEqual([])
})

test('a product without a Core has no such line', async () => {
  const { select, calls } = await openWindow()
  await select('L1')
  expect(screen.queryByTestId('core')).toBeNull()
  expect(calls('core')).toEqual([])
})

test('what something else answers at the address is told, with the way to another address', async () => {
  const error = { code: 'vendor-not-a-portal', args: { what: 'html' }, detail: null }
  const { user, select } = await openWindow('three', { core: { kind: 'unreachable', error } })
  await select('L3')
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

test('a next step is a message to the vendor’s address: copied, or opened in the mail program', async () => {
  const { user, world, select, calls } = await openWindow()
  await select('L3')
  await user.click(screen.getByTestId('step-production'))
  const dialog = await screen.findByTestId('step-dialog')
  expect(screen.getByTestId('step-mail').textContent).toBe('contact@aica.tech')
  expect(screen.getByTestId('step-body').textContent).toContain('“AICA license 0F2”')
  expect(await violations(dialog)).toEqual([])
  await user.click(screen.getByTestId('step-copy'))
  expect(world.clipboard.at(-1)).toMatch(/^To: contact@aica\.tech\nSubject: .*Deployment Key\n\nHello,/)
  await user.click(screen.getByTestId('step-open'))
  await waitFor(() => expect(screen.queryByTestId('step-dialog')).toBeNull())
  expect(calls('openStep')).toEqual([['openStep', 'L3', 'aica', 'production']])
})

test('whoever wants more than the license entitles to asks from beside what it entitles to', async () => {
  const { user, select } = await openWindow()
  await select('L3')
  await user.click(screen.getByTestId('entitlements-ask'))
  expect((await screen.findByTestId('step-body')).textContent).toContain('does not entitle me')
})

test('whoever looks for a package that the license does not give access to asks for it from there', async () => {
  const { user, select } = await openWindow('session')
  await select('L1')
  await user.type(await screen.findByTestId('packages-search'), 'welding')
  await user.click(await screen.findByTestId('packages-ask'))
  expect((await screen.findByTestId('step-body')).textContent).toContain('does not entitle me')
})

test('an account without any license leads to the first one', async () => {
  const { user, calls } = await openWindow('empty-aica')
  expect((await screen.findByTestId('list-empty')).textContent).toContain('Ask the vendor for the first one')
  await user.click(await screen.findByTestId('step-no-license'))
  await user.click(await screen.findByTestId('step-open'))
  await waitFor(() => expect(calls('openStep')).toEqual([['openStep', null, 'aica', 'no-license']]))
})

test('what an empty list offers stays under the pointer while the list is asked for again', async () => {
  const { world, calls } = await openWindow('empty-aica')
  const offered = await screen.findByTestId('step-no-license')
  const before = calls('list').length
  world.tell({ kind: 'library-changed' })
  await waitFor(() => expect(calls('list').length).toBeGreaterThan(before))
  expect(screen.getByTestId('step-no-license')).toBe(offered)
})

test('a leaked key is marked in list and detail, and succeeded by the one that is entered', async () => {
  const { user, select, calls } = await openWindow()
  await select('L3')
  await user.click(screen.getByTestId('leaked-mark'))
  const notice = await screen.findByTestId('leaked-notice')
  expect(notice.textContent).toContain('Key leaked, marked')
  expect(await violations(notice)).toEqual([])
  await waitFor(() => expect(screen.getByTestId('row-L3').innerHTML).toContain('Leaked'))
  expect(screen.queryByTestId('leaked-mark')).toBeNull()

  await user.click(screen.getByTestId('successor-open'))
  await user.type(await screen.findByTestId('successor-text'), 'A614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3')
  await user.click(screen.getByTestId('successor-submit'))
  await waitFor(() => expect(screen.queryByTestId('leaked-notice')).toBeNull())
  expect(calls('succeed')).toHaveLength(1)
})

test('the leaked key itself is no successor, and a mark can be taken back', async () => {
  const { user, select } = await openWindow('leaked')
  await select('L3')
  await user.click(await screen.findByTestId('successor-open'))
  await user.type(await screen.findByTestId('successor-text'), '5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3')
  await user.click(screen.getByTestId('successor-submit'))
  expect((await screen.findByTestId('successor-error')).textContent).toContain('leaked key')
  await user.keyboard('{Escape}')
  await user.click(screen.getByTestId('leaked-unmark'))
  await waitFor(() => expect(screen.queryByTestId('leaked-notice')).toBeNull())
})
