/** The way out where nothing opens the secrets any more. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

type Opened = Awaited<ReturnType<typeof openWindow>>

const confirm = () => screen.getByTestId<HTMLButtonElement>('forget-secrets-confirm')

async function forget({ user, calls }: Opened) {
  await screen.findByTestId('forget-secrets-dialog')
  await user.type(screen.getByTestId('forget-secrets-typed'), 'forget secrets{Enter}')
  await waitFor(() => expect(screen.queryByTestId('forget-secrets-dialog')).toBeNull())
  expect(calls('forgetSecrets')).toEqual([['forgetSecrets', 'forget secrets']])
}

test('secrets are forgotten once that is typed; licenses stay, and each account takes a new token', async () => {
  const window = await openWindow()
  await window.user.click(screen.getByTestId('open-settings'))
  await window.user.click(await screen.findByTestId('settings-storage'))
  await window.user.click(await screen.findByTestId('forget-secrets'))
  const dialog = await screen.findByTestId('forget-secrets-dialog')
  expect(dialog.textContent).toContain('Accounts, licenses, license files, settings and history stay.')
  expect(dialog.textContent).toContain('Tokens and keys must be entered again')
  expect(await violations(dialog)).toEqual([])
  expect(confirm().disabled).toBe(true)
  await window.user.type(screen.getByTestId('forget-secrets-typed'), 'forget everything')
  expect(confirm().disabled).toBe(true)
  await window.user.clear(screen.getByTestId('forget-secrets-typed'))
  await forget(window)
  // Where the tokens are entered.
  expect(await screen.findByTestId('renew-open-1')).toBeTruthy()
  await window.user.click(screen.getByTestId('page-back'))
  expect(await screen.findByTestId('row-L1')).toBeTruthy()
})

test('a keyring that lost the entry leads there, in the words of the hint', async () => {
  const window = await openWindow('lost')
  // Told before anything is tried, and again where the keyring still has no entry.
  expect(screen.getByTestId('banner').textContent).toContain('The keyring no longer has Licet’s entry')
  expect(screen.queryByText(/Your keyring is locked/)).toBeNull()
  await window.user.click(screen.getByTestId('unlock'))
  await screen.findByText(/forget the secrets: licenses, files and settings stay/)
  await window.user.click(screen.getByTestId('unlock-forget-secrets'))
  await forget(window)
  await window.user.click(screen.getByTestId('page-back'))
  expect(screen.queryByTestId('unlock')).toBeNull()
})

test('a library that lost its slots offers to forget the secrets', async () => {
  const window = await openWindow('slots-lost')
  expect(screen.getByTestId('banner').textContent).toContain('has lost the record of where its key')
  expect(screen.queryByTestId('unlock')).toBeNull()
  await window.user.click(screen.getByTestId('unlock-forget-secrets'))
  await forget(window)
})

test('a forgotten passphrase leads there', async () => {
  const window = await openWindow('passphrase')
  await window.user.type(screen.getByTestId('unlock-passphrase'), 'was it this one?{Enter}')
  await window.user.click(await screen.findByTestId('unlock-forget-secrets'))
  await forget(window)
})

test('Settings offers it while the secrets are locked, and not otherwise', async () => {
  const window = await openWindow('passphrase')
  await window.user.click(screen.getByTestId('open-settings'))
  await window.user.click(await screen.findByTestId('settings-forget-secrets'))
  await forget(window)
  await waitFor(() => expect(screen.queryByTestId('settings-forget-secrets')).toBeNull())
})

test('a refusal is told in the dialog, and nothing is said to be forgotten', async () => {
  const fail = { forgetSecrets: { code: 'library-busy', args: {}, detail: null } }
  const window = await openWindow('three', { fail })
  await window.user.click(screen.getByTestId('open-settings'))
  await window.user.click(await screen.findByTestId('settings-storage'))
  await window.user.click(await screen.findByTestId('forget-secrets'))
  await window.user.type(screen.getByTestId('forget-secrets-typed'), 'forget secrets{Enter}')
  expect((await screen.findByTestId('forget-secrets-error')).textContent).toContain('Another program')
  expect(screen.queryByTestId('toast')).toBeNull()
})

test('the wizard leads there too, and goes on where it was', async () => {
  const window = await openWindow('passphrase')
  await window.user.click(screen.getByTestId('add-account'))
  await window.user.click(await screen.findByTestId('setup-card-local'))
  await window.user.click(await screen.findByTestId('setup-next'))
  await window.user.type(await screen.findByTestId('setup-passphrase'), 'was it this one?{Enter}')
  await window.user.click(await screen.findByTestId('setup-forget-secrets'))
  await forget(window)
  expect(await screen.findByTestId('setup-keep-passphrase')).toBeTruthy()
})

test('the wizard offers it where the library lost its slots', async () => {
  const window = await openWindow('slots-lost')
  await window.user.click(screen.getByTestId('add-account'))
  await window.user.click(await screen.findByTestId('setup-card-local'))
  await window.user.click(await screen.findByTestId('setup-next'))
  expect((await screen.findByTestId('setup-keep-error')).textContent).toContain('has lost the record')
  expect(screen.getByTestId<HTMLButtonElement>('setup-next').disabled).toBe(true)
  await window.user.click(screen.getByTestId('setup-forget-secrets'))
  await forget(window)
  expect(await screen.findByText('Secrets can be kept')).toBeTruthy()
})
