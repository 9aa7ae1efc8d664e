import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

describe('a dialog that is asked for right after the selection moved', () => {
  const moving = async () => {
    const window = await openWindow('three', { delayMs: 40 })
    await window.select('L1')
    screen.getByTestId('list').focus()
    return window
  }

  test.each([
    ['{Control>}e{/Control}', 'export'],
    ['{Delete}', 'delete'],
  ])('%s opens for the license that is selected now', async (keys, dialog) => {
    const { user, calls } = await moving()
    await user.keyboard(`{ArrowDown}${keys}`)
    expect((await screen.findByTestId(`${dialog}-dialog`)).textContent).toContain('AICA license 0F2')
    expect(calls('detail')).toEqual([
      ['detail', 'L1'],
      ['detail', 'L3'],
    ])
  })

  test('does not open once another license is selected', async () => {
    const { user, calls } = await moving()
    await user.keyboard('{ArrowDown}{Delete}{ArrowUp}')
    // Asked for the second time only after the selection rests: the other one's details are there by then.
    await waitFor(() => expect(calls('detail').map(([, license]) => license)).toEqual(['L1', 'L3', 'L1']))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('does not open where the details are not to be had', async () => {
    const { user, world } = await moving()
    world.scene.fail.detail = { code: 'license-not-found', args: { named: 'L3' }, detail: null }
    await user.keyboard('{ArrowDown}{Delete}')
    await waitFor(() => expect(screen.queryByTestId('export-open')).toBeNull())
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('states', () => {
  test.each([
    ['locked', 'Your keyring is locked'],
    ['away', 'The keyring is not available'],
    ['offline', 'northwind is offline'],
    ['failed', 'northwind could not be refreshed'],
    ['unsettled', '1 request without an answer'],
  ])('%s: the list stays, and a banner says “%s”', async (scene, words) => {
    await openWindow(scene)
    expect(screen.getByTestId('banner').textContent).toContain(words)
    expect(await screen.findByTestId('row-L1')).toBeTruthy()
  })

  test('a locked keyring is unlocked from the banner, and keys can be copied', async () => {
    const { user, select } = await openWindow('locked')
    await select('L1')
    expect(screen.getByTestId<HTMLButtonElement>('key-copy').disabled).toBe(true)
    await user.click(screen.getByTestId('unlock'))
    await waitFor(() => expect(screen.queryByTestId('banner')).toBeNull())
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('key-copy').disabled).toBe(false))
  })

  test('a wrong passphrase is told at once and another can be typed', async () => {
    const { user } = await openWindow('passphrase')
    await user.type(screen.getByTestId('unlock-passphrase'), 'wrong{Enter}')
    await waitFor(() => expect(screen.getByTestId('banner').textContent).toContain('does not open the keys'))
    await user.type(screen.getByTestId('unlock-passphrase'), 'open sesame{Enter}')
    await waitFor(() => expect(screen.queryByTestId('banner')).toBeNull())
  })

  test('without accounts the first step is shown', async () => {
    const { user } = await openWindow('empty')
    const empty = screen.getByTestId('list-empty')
    await user.click(within(empty).getByRole('button', { name: 'Add account' }))
    await waitFor(() => expect(screen.getByTestId('app-ready').dataset.screen).toBe('setup'))
  })

  test.each(['three', 'many', 'odd', 'empty', 'offline', 'locked', 'passphrase', 'refreshing'])(
    'axe finds nothing in the window: %s',
    async (scene) => {
      await openWindow(scene)
      expect(await violations()).toEqual([])
    },
  )
})

describe('what the program tells unasked', () => {
  test('dropped files are imported and the new license is selected', async () => {
    const { world } = await openWindow('three', { rows: [] })
    world.tell({ kind: 'paths-given', paths: ['/home/ada/aica-license.toml'] })
    expect((await screen.findByTestId('toast')).textContent).toContain('1 license imported')
    expect((await screen.findByTestId('detail-name')).textContent).toBe('AICA license 0F2')
  })

  test('a change made elsewhere shows by itself', async () => {
    const { world } = await openWindow()
    world.row('L1').label = 'renamed elsewhere'
    world.changed()
    expect(await screen.findByText('renamed elsewhere')).toBeTruthy()
  })

  test('a settled request says what became of it', async () => {
    const { world } = await openWindow()
    world.tell({ kind: 'settled', verb: 'create', label: 'north', license: null, done: true })
    expect((await screen.findByTestId('toast')).textContent).toContain('“north” was created after all')
  })
})
