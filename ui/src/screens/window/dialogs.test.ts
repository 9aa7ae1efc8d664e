import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
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

describe('creating', () => {
  async function opened(scene = 'three') {
    const window = await openWindow(scene)
    await window.user.keyboard('{Control>}n{/Control}')
    await screen.findByTestId('create-type-dev')
    return window
  }

  test('the new license is selected, ready to write its file', async () => {
    const { user } = await opened()
    await user.type(screen.getByTestId('create-name'), 'brand-new')
    await user.click(screen.getByTestId('create-type-prod'))
    await user.click(screen.getByTestId('create-submit'))
    await waitFor(() => expect(screen.getByTestId('detail-name').textContent).toBe('brand-new'))
    expect(await screen.findByTestId('export-open')).toBeTruthy()
  })

  test('a name that exists is pointed out, and allowed on purpose', async () => {
    const { user, calls } = await opened()
    await user.type(screen.getByTestId('create-name'), 'checkout-dev')
    await screen.findByTestId('create-same-name')
    expect(button('create-submit').disabled).toBe(true)
    await user.click(screen.getByTestId('create-allow-same'))
    await user.click(screen.getByTestId('create-submit'))
    await waitFor(() => expect(calls('create')).toHaveLength(1))
  })

  test('what the API does not carry is off, with the reason and the vendor’s page', async () => {
    const { user, calls } = await opened()
    expect(button('create-hosting-sandbox').disabled).toBe(true)
    expect(screen.getByTestId('create-not-carried-hosting').textContent).toContain('does not take')
    await user.click(screen.getByTestId('create-vendor-page'))
    await waitFor(() => expect(calls('openPage')).toHaveLength(1))
  })

  test('AWS shows its guide, and nothing can be sent', async () => {
    const { user, calls } = await opened()
    await user.type(screen.getByTestId('create-name'), 'on-aws')
    await user.click(screen.getByTestId('create-hosting-aws'))
    const guide = await screen.findByTestId('create-guide')
    expect(guide.textContent).toContain('“run-aidbox-on-aws” in the vendor’s documentation')
    expect(button('create-submit').disabled).toBe(true)
    // Where the guide is, the vendor's document does not tell: the button promises no more than the vendor's site.
    await user.click(within(guide).getByRole('button', { name: 'Open aidbox.app' }))
    await waitFor(() => expect(calls('openPage')).toEqual([['openPage', 'https://aidbox.app']]))
  })

  test('an unknown outcome is explained', async () => {
    const { user } = await opened('unknown-outcome')
    await user.type(screen.getByTestId('create-name'), 'maybe{Enter}')
    expect((await screen.findByTestId('create-unknown')).textContent).toContain('not known whether')
  })

  test('without an account that can create, it says so and leads to one', async () => {
    const { user } = await openWindow('empty')
    await user.keyboard('{Control>}n{/Control}')
    expect(await screen.findByTestId('create-no-accounts')).toBeTruthy()
    expect(screen.queryByTestId('create-name')).toBeNull()
    expect(screen.queryByTestId('create-submit')).toBeNull()
    await user.keyboard('{Enter}')
    await screen.findByTestId('setup-step-where')
  })

  test('an empty name is told at its field', async () => {
    const { user, calls } = await opened()
    await user.click(screen.getByTestId('create-submit'))
    expect(await screen.findByText('Give it a name.')).toBeTruthy()
    expect(calls('create')).toHaveLength(0)
  })
})

describe('writing a license file', () => {
  test('shows the text with its key masked, writes, and says what to run', async () => {
    const { user, select } = await openWindow()
    await select('L2')
    await user.keyboard('{Control>}e{/Control}')
    await waitFor(() =>
      expect(screen.getByTestId('export-preview').textContent).toContain('BOX_LICENSE=••••'),
    )
    await user.click(screen.getByTestId('export-write'))
    expect((await screen.findByTestId('export-next')).textContent).toContain('docker compose')
    const needs = screen.getByTestId('export-next-needs').textContent
    expect(needs).toContain('needs your compose file')
    expect(needs, 'docker run --env-file takes quotes literally').not.toContain('docker run')
    expect(screen.getByTestId('export-running').textContent).toContain('even after a restart')
  })

  test('a place that cannot be written is told at the field, and the button is off', async () => {
    const { user, select } = await openWindow()
    await user.click(await select('L2'))
    const path = await screen.findByTestId('export-path')
    await user.clear(path)
    await user.type(path, '/etc/license')
    expect(await screen.findByText(/you do not have permission/)).toBeTruthy()
    expect(button('export-write').disabled).toBe(true)
    expect(screen.getByTestId('export-preview').textContent).toBe('No preview: this file cannot be written.')
  })

  test('another license’s file is written over only with the user’s consent', async () => {
    const { user, select, world, calls } = await openWindow()
    await user.click(await select('L2'))
    const path = await screen.findByTestId('export-path')
    expect(screen.queryByTestId('export-replaces')).toBeNull()
    await user.clear(path)
    await user.type(path, '/home/ada/projects/checkout-dev/.env')
    expect((await screen.findByTestId('export-replaces')).textContent).toContain(
      'This is the license file of “checkout-dev”',
    )
    expect(button('export-write').textContent).toContain('Replace the file of “checkout-dev”')
    expect(await violations(screen.getByTestId('export-dialog'))).toEqual([])
    await user.type(path, '{Enter}')
    expect(button('export-write').disabled).toBe(true)
    expect(calls('writeExport')).toEqual([])
    await user.click(screen.getByTestId('export-replace'))
    await user.click(button('export-write'))
    await screen.findByTestId('export-done')
    expect(world.files.get('L1')).toEqual([])
  })

  test('a leaked key is warned of before it is written', async () => {
    const { user, select } = await openWindow('leaked')
    await select('L3')
    await user.click(await screen.findByTestId('export-open'))
    expect((await screen.findByTestId('export-leaked')).textContent).toContain('marked as leaked')
  })

  test('of a license that is gone at its vendor is not offered', async () => {
    const { user, select } = await openWindow('odd')
    await select('L19')
    expect(button('export-open').disabled).toBe(true)
    expect(screen.getByTestId('detail').textContent).toContain('no file is written with its key')
    await user.keyboard('{Control>}e{/Control}')
    expect(screen.queryByTestId('export-dialog')).toBeNull()
  })

  test('a file that everybody can open is pointed out before and after', async () => {
    const { user, select } = await openWindow()
    await user.click(await select('L2'))
    const path = await screen.findByTestId('export-path')
    await user.clear(path)
    await user.type(path, '/srv/shared/.env')
    const everybody = 'Everybody on this computer can read this file'
    expect((await screen.findByTestId('export-open-to-others')).textContent).toContain(everybody)
    await user.click(button('export-write'))
    expect((await screen.findByTestId('export-done-open-to-others')).textContent).toContain(everybody)
  })

  test.each([
    [
      '/srv/shared/writable.env',
      'export-open-to-others',
      'Everybody on this computer can read or change this file',
    ],
    ['/srv/team/.env', 'export-others', 'Others can read this file'],
    ['/srv/team/writable.env', 'export-others', 'Others can read or change this file'],
  ])('what others can do with %s is said', async (place, testid, words) => {
    const { user, select } = await openWindow()
    await user.click(await select('L2'))
    const path = await screen.findByTestId('export-path')
    await user.clear(path)
    await user.type(path, place)
    await waitFor(() => expect(screen.getByTestId(testid).textContent).toContain(words))
  })

  test('others who can open a file are named before and after', async () => {
    const { user, select } = await openWindow()
    await user.click(await select('L2'))
    const path = await screen.findByTestId('export-path')
    await user.clear(path)
    await user.type(path, '/srv/team/.env')
    expect((await screen.findByTestId('export-others')).textContent).toContain('group docker')
    await user.click(button('export-write'))
    expect((await screen.findByTestId('export-done-others')).textContent).toContain('group docker')
  })

  test('a file that the disk did not confirm is pointed out', async () => {
    const { user, select } = await openWindow()
    await user.click(await select('L2'))
    const path = await screen.findByTestId('export-path')
    await user.clear(path)
    await user.type(path, '/mnt/.env')
    await waitFor(() => expect(button('export-write').disabled).toBe(false))
    await user.click(button('export-write'))
    expect((await screen.findByTestId('export-done-not-confirmed')).textContent).toContain('did not confirm')
  })

  test('an earlier token is pointed out before and after', async () => {
    const { user, select } = await openWindow('instance')
    await user.click(await select('L604'))
    expect((await screen.findByTestId('export-outdated')).textContent).toContain('another token')
    await user.click(button('export-write'))
    expect((await screen.findByTestId('export-done-outdated')).textContent).toContain('another token')
  })

  test('the container’s user is let read the file, or said not to', async () => {
    const { user, select, world } = await openWindow('instance')
    await user.click(await select('L604'))
    const box = (await screen.findByTestId('export-reader')).closest('label')
    expect(box?.textContent).toContain('user 472')
    await user.click(button('export-write'))
    expect((await screen.findByTestId('export-done-unreadable')).textContent).toContain('472')
    await user.click(button('export-close'))
    await user.click(await screen.findByTestId('export-open'))
    await user.click(await screen.findByTestId('export-reader'))
    await user.click(button('export-write'))
    await screen.findByTestId('export-done')
    expect(screen.queryByTestId('export-done-unreadable')).toBeNull()
    const sent = world.calls.filter(([name]) => name === 'writeExport').at(-1)?.[1]
    expect(sent).toMatchObject({ readableBy: '472' })
  })

  test('permissions that are chosen are sent', async () => {
    const { user, select, world } = await openWindow()
    await user.click(await select('L2'))
    await screen.findByTestId('export-preview')
    await user.click(screen.getByText('Permissions'))
    await user.type(screen.getByTestId('export-group'), 'docker')
    await user.type(screen.getByTestId('export-mode'), '640')
    expect(await violations(screen.getByTestId('export-dialog'))).toEqual([])
    await user.click(button('export-write'))
    await screen.findByTestId('export-done')
    const sent = world.calls.filter(([name]) => name === 'writeExport').at(-1)?.[1]
    expect(sent).toMatchObject({ group: 'docker', mode: '640', readableBy: '' })
  })

  test('another format brings its own place', async () => {
    const { user, select } = await openWindow('odd')
    await user.click(await select('L10'))
    await user.click(await screen.findByTestId('export-format-k8s-secret'))
    await waitFor(() =>
      expect(screen.getByTestId<HTMLInputElement>('export-path').value).toBe('/home/ada/aidbox-license.yaml'),
    )
  })
})

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

describe('every dialog', () => {
  test.each([
    ['create-dialog', '{Control>}n{/Control}'],
    ['delete-dialog', '{Delete}'],
    ['export-dialog', '{Control>}e{/Control}'],
    ['shortcuts', '{Control>}/{/Control}'],
  ])('%s opens by keyboard, and axe finds nothing in it', async (testid, keys) => {
    const { user, select } = await openWindow()
    await select('L2')
    screen.getByTestId('list').focus()
    await user.keyboard(keys)
    const dialog = await screen.findByTestId(testid)
    expect(dialog.getAttribute('aria-labelledby')).toBeTruthy()
    expect(await violations(dialog)).toEqual([])
  })
})
