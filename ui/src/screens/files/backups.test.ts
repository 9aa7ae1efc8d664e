/** Backups of license files: listed, restored, removed, and named where a key is about to go. */
import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import { backupOf } from '../../lib/ipc/fake/backups'

const text = (testid: string) => screen.getByTestId(testid).textContent
const FILE = '/home/ada/projects/checkout-dev/.env'

/** The window on a license whose file has the original and a later backup. */
async function withBackups(license = 'L1') {
  const window = await openWindow()
  const { world } = window
  world.backups = [
    backupOf(world, license, { original: true, keys: [] }),
    backupOf(world, license, { number: 1 }),
  ]
  await window.select(license)
  return window
}

async function openBackups() {
  const window = await withBackups()
  await window.user.click(await screen.findByTestId('file-backups-10'))
  await screen.findByTestId('backup-0')
  return window
}

/** The question whether to restore the backup of a file whose name changes the direction of the text. */
async function restoreTurned() {
  const window = await openWindow()
  const { user, world, select } = window
  const [file] = world.files.get('L1') ?? []
  if (!file) throw new Error('no file')
  Object.assign(file, { path: '/srv/\u202evne.', shown: '/srv/\\u{202e}vne.' })
  world.backups = [backupOf(world, 'L1', { path: '/srv/\\u{202e}vne..bak' })]
  await select('L1')
  await user.click(await screen.findByTestId('file-backups-10'))
  await user.click(await screen.findByTestId('backup-restore-0'))
  return window
}

describe('the backups of a license file', () => {
  test('are listed with their keys and the original', async () => {
    await openBackups()
    expect(text('backup-0')).toContain('Original')
    expect(text('backup-0')).toContain('No license key')
    expect(text('backup-1')).toContain('••••••••••••w4Q of checkout-dev')
    expect(await violations(screen.getByTestId('backups-dialog'))).toEqual([])
  })

  test('open from the file’s actions where there are none', async () => {
    const { user, select } = await openWindow()
    await select('L1')
    expect(screen.queryByTestId('file-backups-10')).toBeNull()
    await user.click(screen.getByRole('button', { name: /^Actions for \/home/ }))
    await user.click(screen.getByTestId('file-backups-open-10'))
    await screen.findByTestId('backups-none')
  })

  test('are restored once that is confirmed', async () => {
    const { user, calls } = await openBackups()
    await user.click(screen.getByTestId('backup-restore-0'))
    await waitFor(() => expect(text('restore-present')).toContain('kept as another backup'))
    expect(text('restore-kept')).toContain('shows as changed')
    expect(calls('restoreBackup')).toEqual([])
    await user.click(screen.getByTestId('backup-confirm'))
    await waitFor(() => expect(screen.queryByTestId('backups-dialog')).toBeNull())
    expect(calls('restoreBackup')).toEqual([['restoreBackup', FILE, 0, false, '.env']])
    expect((await screen.findByTestId('toast')).textContent).toContain('.env was restored')
    await waitFor(() => expect(text('file-backups-10')).toContain('3 backups'))
  })

  test('can be left as they are', async () => {
    const { user, calls } = await openBackups()
    await user.click(screen.getByTestId('backup-remove-0'))
    expect(text('remove-original')).toContain('only copy')
    await user.click(screen.getByTestId('backup-back'))
    await screen.findByTestId('backup-1')
    expect(calls('removeBackups')).toEqual([])
  })

  test('are removed one by one', async () => {
    const { user, calls } = await openBackups()
    await user.click(screen.getByTestId('backup-remove-1'))
    await user.click(screen.getByTestId('backup-confirm'))
    await waitFor(() => expect(screen.queryByTestId('backup-1')).toBeNull())
    expect(calls('removeBackups')).toEqual([['removeBackups', FILE, [1], '.env']])
    expect(screen.getByTestId('backup-0')).toBeTruthy()
  })

  test('of another program are not removed from here', async () => {
    const { user, world, select } = await openWindow()
    world.backups = [backupOf(world, 'L1', { own: false })]
    await select('L1')
    await user.click(await screen.findByTestId('file-backups-10'))
    expect((await screen.findByTestId('backup-0')).textContent).toContain('Not made by Licet')
    expect(screen.queryByTestId('backup-remove-0')).toBeNull()
    expect(screen.getByTestId('backup-restore-0')).toBeTruthy()
  })

  test('are written into the existing file where replacing it is refused', async () => {
    const { user, world, calls } = await openBackups()
    world.onlyInPlace = { code: 'file-hard-linked', args: { path: FILE }, detail: null }
    await user.click(screen.getByTestId('backup-restore-1'))
    expect(screen.queryByTestId('restore-in-place')).toBeNull()
    await user.click(screen.getByTestId('backup-confirm'))
    await user.click(await screen.findByTestId('restore-in-place'))
    await user.click(screen.getByTestId('backup-confirm'))
    await waitFor(() => expect(screen.queryByTestId('backups-dialog')).toBeNull())
    expect(calls('restoreBackup').at(-1)).toEqual(['restoreBackup', FILE, 1, true, '.env'])
  })

  test('show invisible characters of a name as escapes', async () => {
    await restoreTurned()
    expect(text('backups-dialog')).toContain('Restore \\u{202e}vne.?')
    expect(document.body.innerHTML).not.toContain('\u202e')
  })

  test('are restored to a file with invisible characters in its name', async () => {
    const { user, calls } = await restoreTurned()
    await user.click(screen.getByTestId('backup-confirm'))
    expect((await screen.findByTestId('toast')).textContent).toContain('\\u{202e}vne. was restored')
    expect(calls('restoreBackup')).toEqual([['restoreBackup', '/srv/\u202evne.', 0, false, '\u202evne.']])
  })

  test('that cannot be restored say why and stay', async () => {
    const { user, world } = await openBackups()
    world.scene.fail.restoreBackup = { code: 'file-disk-full', args: { path: FILE }, detail: null }
    await user.click(screen.getByTestId('backup-restore-1'))
    await user.click(screen.getByTestId('backup-confirm'))
    expect((await screen.findByTestId('backups-error')).textContent).toContain('no room left')
  })
})

describe('backups with a key that is about to go', () => {
  test('are removed with a deleted license where that is chosen', async () => {
    const { user, calls } = await withBackups()
    await user.click(screen.getByTestId('detail-menu'))
    await user.click(screen.getByTestId('delete-open'))
    expect((await screen.findByTestId('held-backups')).textContent).toContain(`${FILE}.bak.1`)
    expect(text('held-backups')).not.toContain(`${FILE}.bak "`)
    await user.click(screen.getByTestId('held-remove'))
    await user.type(screen.getByTestId('delete-typed'), 'checkout-dev')
    await user.click(screen.getByTestId('delete-confirm'))
    await waitFor(() => expect(calls('removeBackups')).toEqual([['removeBackups', FILE, [1], '.env']]))
    expect(calls('remove')).toHaveLength(1)
  })

  test('are removed with a removed account where that is chosen', async () => {
    const { user, world, calls } = await openWindow()
    world.backups = [backupOf(world, 'L1'), backupOf(world, 'L3')]
    await user.click(screen.getByTestId('account-menu-1'))
    await user.click(screen.getByTestId('account-remove-1'))
    expect((await screen.findByTestId('held-backups')).textContent).toContain('This backup contains')
    expect(text('held-backups')).toContain(`${FILE}.bak`)
    await user.click(screen.getByTestId('held-remove'))
    await user.type(screen.getByTestId('remove-account-typed'), 'northwind{Enter}')
    await waitFor(() => expect(calls('removeBackups')).toEqual([['removeBackups', FILE, [0], '.env']]))
    expect(calls('removeAccount')).toHaveLength(1)
  })

  test('stay where that is not chosen', async () => {
    const { user, calls } = await withBackups()
    await user.click(screen.getByTestId('detail-menu'))
    await user.click(screen.getByTestId('delete-open'))
    await screen.findByTestId('held-backups')
    await user.type(screen.getByTestId('delete-typed'), 'checkout-dev')
    await user.click(screen.getByTestId('delete-confirm'))
    await waitFor(() => expect(calls('remove')).toHaveLength(1))
    expect(calls('removeBackups')).toEqual([])
  })

  test('are named and removed where a key is marked as leaked', async () => {
    const { user, world } = await withBackups('L3')
    world.row('L3').leaked = true
    world.changed()
    expect((await screen.findByTestId('held-backups')).textContent).toContain('.bak.1')
    await user.click(screen.getByTestId('leaked-backups'))
    const dialog = await screen.findByTestId('held-backups-dialog')
    await within(dialog).findByTestId('held-backups')
    await user.click(screen.getByTestId('held-backups-confirm'))
    await waitFor(() => expect(world.backups.map(({ number }) => number)).toEqual([0]))
    await waitFor(() => expect(screen.queryByTestId('leaked-backups')).toBeNull())
  })

  test('go before everything is forgotten', async () => {
    const { user, world, calls } = await withBackups()
    await user.click(screen.getByTestId('open-settings'))
    await user.click(await screen.findByTestId('settings-storage'))
    await user.click(await screen.findByTestId('storage-forget'))
    await user.click(await screen.findByTestId('held-remove'))
    await user.type(screen.getByTestId('storage-forget-typed'), 'forget everything{Enter}')
    await screen.findByTestId('setup-step-where')
    expect(world.backups.map(({ number }) => number)).toEqual([0])
    const order = world.calls
      .map(([name]) => name)
      .filter((name) => /^(removeBackups|forgetEverything)$/.test(name))
    expect(order).toEqual(['removeBackups', 'forgetEverything'])
    expect(calls('heldBackups').at(-1)).toEqual(['heldBackups', null])
  })

  test('of another program are named without an offer', async () => {
    const { user, world, select } = await openWindow()
    world.backups = [backupOf(world, 'L1', { own: false })]
    await select('L1')
    await user.click(screen.getByTestId('detail-menu'))
    await user.click(screen.getByTestId('delete-open'))
    expect((await screen.findByTestId('held-foreign')).textContent).toContain('Licet did not make it')
    expect(screen.queryByTestId('held-remove')).toBeNull()
  })
})

describe('git and a license file', () => {
  test.each([
    ['would-be-committed', 'Git would commit'],
    ['tracked', 'in the git repository already'],
    ['unknown', 'did not say'],
  ])('warns in the dialog that writes it: %s', async (word, said) => {
    const { user, select } = await openWindow()
    await user.click(await select('L1'))
    const path = await screen.findByTestId('export-path')
    await user.clear(path)
    await user.type(path, `/srv/${word}/.env`)
    await waitFor(() => expect(text('export-git')).toContain(said))
    expect(screen.queryByTestId('export-git-backups')).toBeNull()
  })

  test('warns of the backup that will be made', async () => {
    const { user, world, select } = await openWindow()
    const file = world.files.get('L1')?.[0]
    if (file) file.path = '/srv/would-be-committed/.env'
    await user.click(await select('L1'))
    await waitFor(() => expect(text('export-git-backups')).toContain('.env.bak*'))
  })
})
