/** Writing that takes long goes on without its dialog. */
import { screen, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openWindow } from '../../../tests/window'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => void vi.useRealTimers())

/** An export whose writing takes until it is let go. */
async function writing() {
  const window = await openWindow()
  await window.select('L1')
  await window.user.click(screen.getByTestId('export-open'))
  const write = await screen.findByTestId<HTMLButtonElement>('export-write')
  await waitFor(() => expect(write.disabled).toBe(false))
  const letGo = window.world.hold('writeExport')
  await window.user.click(write)
  return { ...window, letGo }
}

/** The time after which it can be left. */
const long = () => vi.advanceTimersByTimeAsync(2_000)

const leave = () => screen.getByTestId<HTMLButtonElement>('dialog-leave')

test('a file that takes long to write can be left to itself, and its end is told', async () => {
  const { user, letGo } = await writing()
  expect(leave().disabled).toBe(true)
  await long()
  expect(leave().disabled).toBe(false)
  await user.click(leave())
  expect(screen.queryByTestId('export-dialog')).toBeNull()
  expect(screen.queryByTestId('toast')).toBeNull()
  letGo()
  expect((await screen.findByTestId('toast')).textContent).toContain('.env is written')
})

test('so is its failure', async () => {
  const { user, world, letGo } = await writing()
  world.scene.fail.writeExport = { code: 'file-disk-full', args: { path: '/home/ada/.env' }, detail: null }
  await long()
  await user.click(leave())
  letGo()
  expect((await screen.findByTestId('toast')).textContent).toContain('no room left')
})

test('logging out at a vendor that does not answer can be left, and its failure is told', async () => {
  const { user, world } = await openWindow('session')
  await user.click(screen.getByTestId('account-menu-1'))
  await user.click(await screen.findByTestId('sign-out-open-1'))
  const letGo = world.hold('signOut')
  await user.click(await screen.findByTestId('sign-out-confirm'))
  expect(leave().disabled).toBe(true)
  await long()
  await user.click(leave())
  expect(screen.queryByTestId('sign-out-dialog')).toBeNull()
  world.scene.fail.signOut = { code: 'vendor-timed-out', args: { host: 'licensing.example' }, detail: null }
  letGo()
  expect((await screen.findByTestId('toast')).textContent).toContain('licensing.example')
})

/** The dialog of a leaked key's successor, filled in. */
async function succeeding() {
  const window = await openWindow('leaked')
  await window.select('L3')
  await window.user.click(await screen.findByTestId('successor-open'))
  await window.user.type(await screen.findByTestId('successor-text'), 'A614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3')
  return window
}

const isSelected = (row: string) =>
  waitFor(() => expect(screen.getByTestId(row).getAttribute('aria-selected')).toBe('true'))

test('a successor is selected when the event comes first', async () => {
  const { user, world } = await succeeding()
  const answer = world.holdAnswer('succeed')
  await user.click(screen.getByTestId('successor-submit'))
  await waitFor(() => expect(screen.queryByTestId('row-L3')).toBeNull())
  await waitFor(() => expect(screen.queryByTestId('leaked-notice')).toBeNull())
  expect(screen.queryByTestId('successor-dialog')).not.toBeNull()
  answer()
  await isSelected('row-L3-new')
  expect(screen.queryByTestId('successor-dialog')).toBeNull()
})

test('a successor is selected when the answer comes first', async () => {
  const { user, world } = await succeeding()
  const tell = world.holdEvents()
  await user.click(screen.getByTestId('successor-submit'))
  await waitFor(() => expect(screen.queryByTestId('successor-dialog')).toBeNull())
  tell()
  await waitFor(() => expect(screen.queryByTestId('row-L3')).toBeNull())
  await isSelected('row-L3-new')
})

test('a successor that takes long leaves who left where they are', async () => {
  const { user, world, select, calls } = await succeeding()
  const letGo = world.hold('succeed')
  await user.click(screen.getByTestId('successor-submit'))
  await long()
  await user.click(leave())
  await select('L1')
  letGo()
  await screen.findByTestId('toast')
  await waitFor(() => expect(calls('succeed')).toHaveLength(1))
  expect(screen.getByTestId('row-L1').getAttribute('aria-selected')).toBe('true')
})

test('a late create keeps the selection', async () => {
  const { user, world, select } = await openWindow()
  await select('L1')
  await user.keyboard('{Control>}n{/Control}')
  await user.type(await screen.findByTestId('create-name'), 'late-one')
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('create-submit').disabled).toBe(false))
  const letGo = world.hold('create')
  await user.click(screen.getByTestId('create-submit'))
  await long()
  await user.click(leave())
  letGo()
  expect((await screen.findByTestId('toast')).textContent).toContain('late-one')
  await isSelected('row-L1')
})

test('a late deletion keeps another selection', async () => {
  const { user, world, select } = await openWindow()
  await select('L2')
  await user.keyboard('{Delete}')
  await user.type(await screen.findByTestId('delete-typed'), 'clinic-production')
  const letGo = world.hold('remove')
  await user.click(screen.getByTestId('delete-confirm'))
  await long()
  await user.click(leave())
  await select('L1')
  letGo()
  await waitFor(() => expect(screen.queryByTestId('row-L2')).toBeNull())
  await isSelected('row-L1')
})

test('a late create is selected where nothing else is', async () => {
  const { user, world } = await openWindow()
  await user.keyboard('{Control>}n{/Control}')
  await user.type(await screen.findByTestId('create-name'), 'late-one')
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('create-submit').disabled).toBe(false))
  const letGo = world.hold('create')
  await user.click(screen.getByTestId('create-submit'))
  await long()
  await user.click(leave())
  letGo()
  await waitFor(() => expect(screen.getByTestId('detail-name').textContent).toBe('late-one'))
})

test('a left dialog neither closes another one nor turns the page', async () => {
  const { user, world } = await openWindow('lost')
  await user.click(screen.getByTestId('unlock'))
  await user.click(await screen.findByTestId('unlock-forget-secrets'))
  const letGo = world.hold('forgetSecrets')
  await user.type(await screen.findByTestId('forget-secrets-typed'), 'forget secrets{Enter}')
  await long()
  await user.click(leave())
  await user.keyboard('{Control>}/{/Control}')
  await screen.findByTestId('shortcuts')
  letGo()
  expect((await screen.findByTestId('toast')).textContent).toContain('Secrets were forgotten')
  expect(screen.queryByTestId('shortcuts')).not.toBeNull()
  expect(screen.queryByTestId('settings')).toBeNull()
})

test('a slow rename can be left, and is told', async () => {
  const { user, world } = await openWindow()
  await user.click(screen.getByTestId('account-menu-1'))
  await user.click(await screen.findByTestId('account-rename-1'))
  const letGo = world.hold('renameAccount')
  await user.type(await screen.findByTestId('rename-name'), ' health{Enter}')
  expect(leave().disabled).toBe(true)
  await long()
  await user.click(leave())
  letGo()
  expect((await screen.findByTestId('toast')).textContent).toContain('northwind health')
})
