/** The table of files: their state, what settles it, and the license that each is of. */
import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

async function openFiles(scene?: string) {
  const window = await openWindow(scene)
  await window.user.click(screen.getByTestId('view-files'))
  return window
}

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-testid=files] tbody tr')]

describe('the table of files', () => {
  test('lists every file with its state and license', async () => {
    await openFiles()
    const table = within(await screen.findByTestId('files'))
    await waitFor(() => expect(rows().length).toBeGreaterThan(1))
    expect(table.getAllByRole('columnheader').map(({ textContent }) => textContent?.trim())).toEqual([
      'File',
      'License',
      'State',
      'Written',
      'Actions',
    ])
    const row = await screen.findByTestId('file-10')
    expect(within(row).getByRole('rowheader').textContent).toContain('.env')
    expect(row.textContent).toContain('checkout-dev')
    expect(screen.getByTestId('file-state-10').textContent).toContain('Up to date')
    expect(screen.getByTestId('files-count').textContent).toContain(`${rows().length} files`)
    expect(await violations()).toEqual([])
  })

  test('repairs a file and shows its new state', async () => {
    const { user, world, calls } = await openWindow()
    const [file] = world.files.get('L1') ?? []
    if (!file) throw new Error('no file')
    file.state = 'interrupted'
    await user.click(screen.getByTestId('view-files'))
    const row = await screen.findByTestId('file-10')
    expect(rows()[0], 'what needs attention comes first').toBe(row)
    await user.click(screen.getByTestId('file-settle-10'))
    await waitFor(() => expect(screen.getByTestId('file-10').dataset.state).toBe('up-to-date'))
    expect(calls('repairFile')).toEqual([['repairFile', 10]])
    expect(screen.queryByTestId('file-settle-10')).toBeNull()
  })

  test('finds files by path and license', async () => {
    const { user } = await openFiles()
    await screen.findByTestId('file-10')
    await user.type(screen.getByTestId('files-search'), 'checkout .env')
    await waitFor(() => expect(rows()).toHaveLength(1))
    await user.type(screen.getByTestId('files-search'), ' nowhere')
    await screen.findByTestId('files-not-found')
  })

  test('shows the license of a file beside it', async () => {
    const { user } = await openFiles()
    const row = await screen.findByTestId('file-10')
    await user.click(within(row).getByRole('rowheader').querySelector('button') as HTMLElement)
    await waitFor(() => expect(screen.getByTestId('detail-name').textContent).toContain('checkout-dev'))
    expect(screen.getByTestId('files')).toBeTruthy()
  })

  test('is reached and walked by keyboard', async () => {
    const { user } = await openWindow()
    await screen.findByTestId('row-L1')
    await user.keyboard('{Control>}3{/Control}')
    await screen.findByTestId('file-10')
    const names = rows().map((row) => row.querySelector<HTMLElement>('.what'))
    names[0]?.focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(names[1])
    await user.keyboard('{End}')
    expect(document.activeElement).toBe(names.at(-1))
  })

  test('has a menu of its own for each file', async () => {
    const { user, calls } = await openFiles()
    const row = await screen.findByTestId('file-10')
    await user.pointer({ keys: '[MouseRight]', target: row })
    await user.click(await screen.findByTestId('file-release-10'))
    await waitFor(() => expect(calls('releaseFile')).toEqual([['releaseFile', 10]]))
    await waitFor(() => expect(screen.queryByTestId('file-10')).toBeNull())
  })
})
