import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

async function opened(name = 'three', change = {}) {
  const window = await openWindow(name, change)
  await window.user.click(screen.getByTestId('open-settings'))
  await screen.findByTestId('settings')
  return window
}

const field = (testid: string) => screen.getByTestId<HTMLInputElement>(testid)

describe('accounts', () => {
  test('each is there with its system, address and licenses', async () => {
    await opened('local')
    const accounts = screen.getByTestId('settings-accounts').textContent
    expect(accounts).toContain('https://aidbox.app · 2 licenses')
    expect(accounts).toContain('On this computer')
    expect(accounts).toContain('Imported keys')
  })

  test('one is renamed', async () => {
    const { user, world } = await opened()
    await user.click(screen.getByTestId('settings-rename-1'))
    await user.clear(field('rename-name'))
    await user.type(field('rename-name'), 'west{Enter}')
    await waitFor(() => expect(screen.getByTestId('settings-accounts').textContent).toContain('west'))
    expect(world.scene.accounts[0]?.name).toBe('west')
  })

  test('one is removed by its name, typed', async () => {
    const { user, world } = await opened()
    await user.click(screen.getByTestId('settings-remove-1'))
    await user.type(field('remove-account-typed'), 'north{Enter}')
    expect(world.scene.accounts).toHaveLength(2)
    await user.type(field('remove-account-typed'), 'wind{Enter}')
    await waitFor(() => expect(screen.queryByTestId('settings-remove-1')).toBeNull())
  })

  test('one whose login was refused says so and takes a new token', async () => {
    const { user } = await opened('failed')
    expect(screen.getByTestId('settings-accounts').textContent).toContain('Login refused')
    await user.click(screen.getByTestId('renew-open-1'))
    await user.type(await screen.findByTestId('renew-field-token'), 'fresh-token{Enter}')
    await waitFor(() =>
      expect(screen.getByTestId('settings-accounts').textContent).not.toContain('Login refused'),
    )
  })

  test('adding one opens the wizard', async () => {
    const { user } = await opened()
    await user.click(screen.getByTestId('settings-add-account'))
    await screen.findByTestId('setup-step-where')
    expect(screen.getByTestId('setup').textContent).toContain('Add an account')
  })
})

describe('what can be set', () => {
  test('the look is followed at once, and kept', async () => {
    const { user, world } = await opened()
    await user.click(field('settings-appearance-dark'))
    expect(document.documentElement.dataset.theme).toBe('dark')
    await user.click(field('settings-density-compact'))
    await waitFor(() => expect(world.settings).toMatchObject({ appearance: 'dark', density: 'compact' }))
    await user.click(field('settings-appearance-system'))
    expect(document.documentElement.dataset.theme).toBe('light')
  })

  test('what cannot be kept is put back and told', async () => {
    const fail = { changeSettings: { code: 'file-read-only', args: {}, detail: null } }
    const { user } = await opened('three', { fail })
    await user.click(field('settings-density-compact'))
    await screen.findByTestId('toast')
    expect(field('settings-density-comfortable').checked).toBe(true)
  })

  test('the launcher’s file is saved, and a relative path is not', async () => {
    const { user, world } = await opened()
    await user.clear(field('settings-launcher-file'))
    await user.type(field('settings-launcher-file'), 'license.toml{Enter}')
    await screen.findByText('An absolute path, or one that begins with ~/.')
    await user.clear(field('settings-launcher-file'))
    await user.type(field('settings-launcher-file'), '/srv/cell/license.toml{Enter}')
    await waitFor(() => expect(world.settings.launcherFile).toBe('/srv/cell/license.toml'))
  })

  test('the days until “expires soon” are a whole number', async () => {
    const { user, world } = await opened()
    await user.clear(field('settings-expires-soon'))
    await user.type(field('settings-expires-soon'), '0')
    await user.tab()
    await screen.findByText('A whole number from 1 to 365.')
    expect(world.settings.expiresSoonDays).toBe(30)
    await user.clear(field('settings-expires-soon'))
    await user.type(field('settings-expires-soon'), '14')
    await user.tab()
    await waitFor(() => expect(world.settings.expiresSoonDays).toBe(14))
  })
})

describe('what in the settings file cannot be used', () => {
  const bad = {
    code: 'settings-bad-value',
    args: { path: '/home/ada/settings.toml', key: 'density', expected: '"comfortable" or "compact"' },
    detail: null,
  }

  test('is named in the list and on this page', async () => {
    const { user } = await openWindow('three', { settingsProblems: [bad] })
    expect(screen.getByTestId('settings-problems').textContent).toContain('“density”')
    await user.click(screen.getByTestId('open-settings'))
    await screen.findByTestId('settings')
    const notice = screen.getByTestId('settings-problems').textContent
    expect(notice).toContain('must be "comfortable" or "compact"')
  })

  test('is named until it is changed', async () => {
    const { user, world } = await opened('three', { settingsProblems: [bad] })
    world.scene.settingsProblems = []
    await user.click(field('settings-density-compact'))
    await waitFor(() => expect(screen.queryByTestId('settings-problems')).toBeNull())
  })

  test('is counted where there is more of it', async () => {
    const unknown = { code: 'settings-unknown', args: { key: 'densty' }, detail: null }
    await opened('three', { settingsProblems: [bad, unknown] })
    const notice = screen.getByTestId('settings-problems').textContent
    expect(notice).toContain('2 settings')
    expect(notice).toContain('“densty”')
  })
})

test('a home that cannot be changed says so over the list', async () => {
  const args = { path: '/srv/licet', cause: 'file-system' }
  await openWindow('three', { readOnly: { code: 'library-cannot-be-changed', args, detail: null } })
  const notice = screen.getByTestId('read-only').textContent
  expect(notice).toContain('read-only file system')
  expect(notice).toContain('/srv/licet')
})

describe('how secrets are kept', () => {
  test('a locked keyring is unlocked', async () => {
    const { user } = await opened('locked')
    await user.click(screen.getByTestId('settings-unlock'))
    await waitFor(() => expect(screen.getByTestId('settings-vault').dataset.state).toBe('unlocked'))
  })

  test('a passphrase unlocks, a wrong one is told', async () => {
    const { user } = await opened('passphrase')
    await user.type(field('settings-passphrase'), 'open says me{Enter}')
    await screen.findByText('This passphrase does not open the keys.')
    await user.clear(field('settings-passphrase'))
    await user.type(field('settings-passphrase'), 'open sesame{Enter}')
    await waitFor(() => expect(screen.getByTestId('settings-vault').dataset.state).toBe('unlocked'))
  })

  test('a passphrase is set once it is typed twice', async () => {
    const { user, calls } = await opened()
    await user.click(screen.getByTestId('settings-set-passphrase'))
    await user.type(field('settings-new-passphrase'), 'seven quiet otters')
    expect(screen.getByTestId<HTMLButtonElement>('settings-passphrase-submit').disabled).toBe(true)
    await user.type(field('settings-new-passphrase-again'), 'seven quiet otters{Enter}')
    await waitFor(() => expect(calls('setPassphrase')).toEqual([['setPassphrase', 'seven quiet otters']]))
    await waitFor(() => expect(screen.queryByTestId('settings-passphrase-dialog')).toBeNull())
  })

  test('session only says that secrets go with the window', async () => {
    await opened('session-only')
    expect(screen.getByTestId('settings-vault').textContent).toContain('gone when Licet closes')
  })
})

test('Escape goes back to the list', async () => {
  const { user } = await opened()
  await user.keyboard('{Escape}')
  await screen.findByTestId('list')
})

test('has nothing that axe finds wrong', async () => {
  const { user } = await opened('local')
  expect(await violations()).toEqual([])
  await user.click(screen.getByTestId('settings-set-passphrase'))
  expect(await violations()).toEqual([])
})
