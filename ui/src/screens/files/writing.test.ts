import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)

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
    const { user, select } = await openWindow('instance', { tokenKept: true })
    await user.click(await select('L604'))
    expect((await screen.findByTestId('export-outdated')).textContent).toContain('another token')
    await user.click(button('export-write'))
    expect((await screen.findByTestId('export-done-outdated')).textContent).toContain('another token')
  })

  test('the container’s user is let read the file, or said not to', async () => {
    const { user, select, world } = await openWindow('instance', { tokenKept: true })
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
