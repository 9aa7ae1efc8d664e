import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import { fileOf } from '../../lib/ipc/fake/detail'

async function openPackages(change = {}) {
  const window = await openWindow('session', change)
  await window.select('L1')
  await window.unfold('packages')
  return window
}

describe('the packages of a license', () => {
  test('are listed, searched by every word, and opened to releases and files', async () => {
    const { user, calls } = await openPackages()
    expect(await screen.findByTestId('package-core')).toBeTruthy()
    await user.type(screen.getByTestId('packages-search'), 'CONTROL oci')
    expect(screen.queryByTestId('package-core')).toBeNull()
    expect(screen.getByTestId('package-motion-control')).toBeTruthy()
    await user.clear(screen.getByTestId('packages-search'))
    await user.type(screen.getByTestId('packages-search'), 'none of it')
    expect(screen.getByTestId('packages-none-found').textContent).toContain('No package')
    await user.clear(screen.getByTestId('packages-search'))

    await user.click(within(screen.getByTestId('package-core')).getByText('Core'))
    const yanked = await screen.findByTestId('release-4.5.0-rc.1')
    expect(yanked.textContent).toContain('rc')
    expect(yanked.textContent).toContain('YANKED')
    const stable = screen.getByTestId('release-4.4.2')
    expect(stable.textContent).not.toContain('PUBLISHED')
    await user.click(within(stable).getByText('4.4.2'))
    await waitFor(() => expect(stable.textContent).toContain('18.9 MB'))
    expect(stable.textContent).toContain('linux/amd64')
    expect(calls('artifacts')).toHaveLength(1)
    expect(await violations()).toEqual([])
  })

  test('a registry’s login is a command to copy, or runs here and says what the client said', async () => {
    const { user, world, calls } = await openPackages()
    const command = await screen.findByTestId('registry-command')
    expect(command.textContent).toContain('--password-stdin')
    await user.click(within(command).getByRole('button'))
    expect(world.clipboard[0]).toContain('docker login registry.licensing.aica.tech')
    await user.click(screen.getByTestId('registry-login'))
    expect(screen.getByTestId('registry-dialog').textContent).toContain('standard input')
    expect(screen.getByTestId<HTMLInputElement>('registry-user').value).toBe('ada@demo.example')
    await user.click(screen.getByTestId('registry-submit'))
    expect((await screen.findByTestId('registry-done')).textContent).toContain('Login Succeeded')
    expect(calls('registryLogin')).toEqual([['registryLogin', 'L1', 'ada@demo.example']])
    expect(await violations()).toEqual([])
  })

  test('a client that refuses says so in its own words, and the dialog stays', async () => {
    const error = { code: 'program-failed', args: { program: 'docker' }, detail: 'unauthorized' }
    const { user } = await openPackages({ fail: { registryLogin: error } })
    await user.click(await screen.findByTestId('registry-login'))
    await user.click(screen.getByTestId('registry-submit'))
    expect((await screen.findByTestId('registry-error')).textContent).toContain('docker failed')
    expect(screen.getByTestId('registry-error').textContent).toContain('unauthorized')
  })

  test('without a registry or a client it says what to do', async () => {
    const { user } = await openPackages({ registry: null })
    await screen.findByTestId('registry-unknown')
    expect(screen.queryByTestId('registry-login')).toBeNull()
    await user.click(screen.getByTestId('registry-address-open'))
    expect(await screen.findByTestId('edit-field-registry')).toBeTruthy()
  })

  test('a registry that was named since is there without a word', async () => {
    const { world } = await openPackages({ registry: null })
    await screen.findByTestId('registry-unknown')
    world.scene.registry = {
      host: 'registry.example',
      user: 'ada',
      program: null,
      hasFile: false,
      command: 'cat aica-license.toml | docker login registry.example -u ada --password-stdin',
    }
    const [account] = world.scene.accounts
    if (!account) throw new Error('no account')
    const fields = { ...account.fields, registry: 'registry.example' }
    world.tell({ kind: 'account-changed', account: { ...account, fields } })
    expect((await screen.findByTestId('registry-command')).textContent).toContain('registry.example')
  })

  test('the command says whether the file that it reads was written', async () => {
    const { world, calls } = await openPackages()
    const unwritten = await screen.findByTestId('registry-no-file')
    expect(unwritten.textContent).toContain('Write the license file first')
    const row = world.scene.rows.find(({ id }) => id === 'L1')
    if (!row) throw new Error('no license')
    world.files.set('L1', fileOf({ ...row, product: 'aica', files: 'up-to-date' }))
    world.tell({ kind: 'library-changed' })
    await waitFor(() => expect(screen.queryByTestId('registry-no-file')).toBeNull())
    await waitFor(() => expect(calls('packages')).toHaveLength(2))
  })

  test('what could not be asked is told, and can be asked again', async () => {
    const error = {
      code: 'vendor-unreachable',
      args: { host: 'cells.example', why: 'refused' },
      detail: null,
    }
    const { user, world } = await openPackages({ fail: { packages: error } })
    const failed = await screen.findByTestId('packages-failed')
    delete world.scene.fail.packages
    await user.click(within(failed).getByRole('button', { name: /again/i }))
    expect(await screen.findByTestId('package-vision')).toBeTruthy()
  })

  test('are asked for again on the button', async () => {
    const { user, calls } = await openPackages()
    await screen.findByTestId('package-vision')
    await user.click(screen.getByTestId('packages-again'))
    await waitFor(() => expect(calls('packages')).toHaveLength(2))
    expect(screen.getByTestId('package-vision')).toBeTruthy()
  })

  test('an imported key says what its account would show, and that it is sent nowhere', async () => {
    const { user, calls, select } = await openWindow()
    await select('L3')
    const unconnected = await screen.findByTestId('unconnected')
    expect(unconnected.textContent).toContain('Connect its account at AICA')
    expect(unconnected.textContent).toContain('sends an imported key nowhere')
    await user.click(screen.getByTestId('unconnected-add'))
    expect(calls('startSetup')).toHaveLength(1)
    expect(calls('packages')).toHaveLength(0)
  })
})
