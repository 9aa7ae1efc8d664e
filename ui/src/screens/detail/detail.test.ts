import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'
import { scenario } from '$lib/ipc/fake/scenarios'

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
