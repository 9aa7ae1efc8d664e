import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import { scenario } from '$lib/ipc/fake/scenarios'

describe('the list', () => {
  test('is a grid that says how many rows it has, drawn or not', async () => {
    await openWindow('many')
    const grid = screen.getByRole('grid')
    expect(grid.getAttribute('aria-rowcount')).toBe('10001')
    expect(within(grid).getAllByRole('row').length).toBeLessThan(40)
  })

  test('is walked by keyboard', async () => {
    const { user } = await openWindow('many')
    screen.getByTestId('list').focus()
    await user.keyboard('{ArrowDown}{ArrowDown}{End}')
    await waitFor(() => {
      const active = screen.getByTestId('list').getAttribute('aria-activedescendant')
      const row = document.getElementById(active ?? '')
      expect(row?.getAttribute('aria-rowindex')).toBe('10001')
      expect(row?.getAttribute('aria-selected')).toBe('true')
    })
  })

  test('Shift and the arrows select a range, which the detail counts', async () => {
    const { user } = await openWindow('many')
    screen.getByTestId('list').focus()
    await user.keyboard('{ArrowDown}')
    await waitFor(() => expect(screen.getAllByRole('row', { selected: true })).toHaveLength(1))
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect(await screen.findByText('2 selected')).toBeTruthy()
  })

  test('shows names as text, whatever they hold', async () => {
    const { container } = await openWindow('odd')
    expect(screen.getByText('<b onclick="alert(1)">bold</b> & <script>')).toBeTruthy()
    expect(container.querySelector('b[onclick]')).toBeNull()
  })

  test('invents no name and no expiry for a bare key', async () => {
    await openWindow()
    const row = await screen.findByTestId('row-L3')
    expect(within(row).getAllByText('Unknown')[0]).toBeTruthy()
  })

  test('says under the name what has no column, in a line of its own that compact rows go without', async () => {
    const { user } = await openWindow()
    const under = async () => {
      const row = await screen.findByTestId('row-L2')
      return within(row).getAllByRole('gridcell').at(-1)?.textContent
    }
    expect(await under()).toContain('Aidbox')
    expect(await under()).toContain('northwind')
    await user.click(screen.getByTestId('open-settings'))
    await user.click(await screen.findByTestId('settings-density-compact'))
    await user.click(screen.getByTestId('page-back'))
    expect(await under()).not.toContain('northwind')
  })

  test('is sorted by a press on a title, which says so', async () => {
    const { user } = await openWindow()
    await user.click(screen.getByTestId('sort-name'))
    await waitFor(() =>
      expect(screen.getByRole('columnheader', { name: /Name/ }).getAttribute('aria-sort')).toBe('ascending'),
    )
  })

  test('a column can be hidden, is remembered, and comes back with Undo', async () => {
    const { user, world } = await openWindow()
    await user.click(screen.getByTestId('columns'))
    await user.click(screen.getByTestId('column-status'))
    await waitFor(() => expect(world.settings.columns.some(({ column }) => column === 'status')).toBe(false))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(world.settings.columns.some(({ column }) => column === 'status')).toBe(true))
  })
})

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

describe('search', () => {
  test('/ and Ctrl+F lead to it', async () => {
    const { user } = await openWindow()
    await user.keyboard('/')
    expect(document.activeElement).toBe(screen.getByTestId('search'))
    screen.getByTestId('list').focus()
    await user.keyboard('{Control>}f{/Control}')
    expect(document.activeElement).toBe(screen.getByTestId('search'))
  })

  test('shows filters as chips that can be removed', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'type:prod')
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    await user.click(await screen.findByRole('button', { name: 'Remove filter type: prod' }))
    expect(await screen.findByTestId('row-L1')).toBeTruthy()
    expect(screen.getByTestId<HTMLInputElement>('search').value).toBe('')
  })

  test('says that nothing matches, and the way back', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'zebra')
    const none = await screen.findByTestId('list-no-results')
    await user.click(within(none).getByRole('button', { name: 'Clear search' }))
    expect(await screen.findByTestId('row-L1')).toBeTruthy()
  })

  test('lets go of a selected license that it hides, and keeps one that it shows', async () => {
    const { user, select } = await openWindow()
    await select('L1')
    await user.type(screen.getByTestId('search'), 'zebra')
    await waitFor(() => expect(screen.queryByTestId('export-open')).toBeNull())
    expect(screen.queryByTestId('detail-name')).toBeNull()
    await user.clear(screen.getByTestId('search'))
    await select('L3')
    await user.type(screen.getByTestId('search'), '0F2')
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    expect(screen.getByTestId('detail-name').textContent).toBe('AICA license 0F2')
  })

  test.each(['{ArrowDown}', '{Enter}'])('%s leads to the first row that was found', async (key) => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), `0F2${key}`)
    await waitFor(() => {
      const list = screen.getByTestId('list')
      expect(document.activeElement).toBe(list)
      expect(screen.getAllByRole('row', { selected: true }).map(({ id }) => id)).toEqual(['row-L3'])
      expect(list.getAttribute('aria-activedescendant')).toBe('row-L3')
    })
  })

  test('leads back to the row that is selected', async () => {
    const { user, select } = await openWindow()
    await select('L2')
    await user.click(screen.getByTestId('search'))
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByTestId('list'))
    expect(screen.getAllByRole('row', { selected: true }).map(({ id }) => id)).toEqual(['row-L2'])
  })

  test('says which word is no filter', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'colour:red')
    expect(await screen.findByText(/“colour:red” cannot be read as a filter/)).toBeTruthy()
  })
})

describe('the detail', () => {
  test('no tooltip lies over an open menu', async () => {
    const { user, select } = await openWindow()
    await select('L1')
    const more = screen.getByTestId('detail-menu')
    expect(more.title).toBe('More actions')
    await user.click(more)
    expect(more.title).toBe('')
    expect(more.getAttribute('aria-label')).toBe('More actions')
    await user.keyboard('{Escape}')
    expect(more.title).toBe('More actions')
  })

  test('reveals a key on demand and hides it again', async () => {
    const { user, select } = await openWindow()
    await select('L3')
    expect(screen.getByTestId('key-masked').textContent).toContain('•••0F2-V3')
    await user.click(screen.getByTestId('key-reveal'))
    await waitFor(() => expect(screen.getByTestId('key-masked').textContent).toContain('5614D1-'))
    await user.click(screen.getByTestId('key-reveal'))
    expect(screen.getByTestId('key-masked').textContent).not.toContain('5614D1-')
  })

  test('says how long a copied key stays', async () => {
    const { user, select, world } = await openWindow()
    await select('L3')
    await user.click(screen.getByTestId('key-copy'))
    expect((await screen.findByTestId('toast')).textContent).toContain('cleared in 10 s')
    expect(world.clipboard).toEqual(['L3'])
  })

  test('mends a drifted file with one click', async () => {
    const { user, select } = await openWindow()
    await select('L2')
    expect(screen.getByTestId('file-state-20').textContent).toContain('Differs')
    await user.click(screen.getByTestId('file-repair-20'))
    await waitFor(() => expect(screen.getByTestId('file-state-20').textContent).toContain('Up to date'))
    expect(screen.queryByTestId('file-repair-20')).toBeNull()
  })

  test('writes an incomplete file again with one click', async () => {
    const rows = scenario('three').rows.map((row) =>
      row.id === 'L2' ? { ...row, files: 'interrupted' as const } : row,
    )
    const { user, select } = await openWindow('three', { rows })
    expect(within(screen.getByTestId('row-L2')).getByRole('img', { name: /incomplete/i })).toBeTruthy()
    await select('L2')
    expect(screen.getByTestId('file-state-20').textContent).toContain('Incomplete')
    await user.click(screen.getByTestId('file-repair-20'))
    await waitFor(() => expect(screen.getByTestId('file-state-20').textContent).toContain('Up to date'))
  })

  test('a file is let go without a question, and Undo takes it back', async () => {
    const { user, select, calls } = await openWindow()
    await select('L2')
    await user.click(screen.getByRole('button', { name: /Actions for .*\.env/ }))
    await user.click(screen.getByTestId('file-release-20'))
    await waitFor(() => expect(screen.queryByTestId('file-state-20')).toBeNull())
    // Done already: a window that is closed now keeps what it said.
    expect(calls('releaseFile')).toEqual([['releaseFile', 20]])
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await screen.findByTestId('file-state-20')).toBeTruthy()
    expect(calls('watchAgain')).toEqual([['watchAgain', 20]])
  })

  test('claims of a JWT say whether they were verified', async () => {
    const { select } = await openWindow()
    await select('L1')
    expect(screen.getByTestId('key-verified').textContent).toContain('Not verified')
  })
})

describe('states', () => {
  test.each([
    ['locked', 'Your keyring is locked'],
    ['away', 'The keyring is away'],
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
