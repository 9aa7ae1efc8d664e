/** Writing the license files of several licenses. */
import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import type { Scenario } from '../../lib/ipc/fake/scenarios'

async function opened(change: Partial<Scenario> = {}) {
  const window = await openWindow('three', change)
  await screen.findByTestId('row-L1')
  screen.getByTestId('list').focus()
  await window.user.keyboard('{Control>}a{/Control}')
  await window.user.keyboard('{Control>}e{/Control}')
  await screen.findByTestId('write-many-dialog')
  return window
}

const button = () => screen.getByTestId<HTMLButtonElement>('write-many-confirm')
const ready = () => waitFor(() => expect(button().disabled).toBe(false))

describe('writing many files', () => {
  test('says which files it writes, and writes them', async () => {
    const { user, calls } = await opened()
    await ready()
    expect(screen.getByTestId<HTMLInputElement>('write-many-folder').value).toBe('/home/ada/licenses')
    expect(screen.getByTestId('write-many-plan').textContent).toContain('/home/ada/licenses/checkout-dev.env')
    expect(button().textContent).toContain('Write 3 files')
    expect(await violations()).toEqual([])
    await user.keyboard('{Enter}')
    expect((await screen.findByTestId('toast')).textContent).toContain('3 files written')
    expect(screen.queryByTestId('write-many-dialog')).toBeNull()
    const [[, request] = []] = calls('writeAll')
    expect(request).toEqual({
      licenses: expect.arrayContaining(['L1', 'L2', 'L3']),
      folder: '/home/ada/licenses',
      format: null,
      keep: true,
    })
  })

  test('tells of files that exist, before it writes', async () => {
    await opened()
    expect((await screen.findByTestId('write-many-replaced')).textContent).toContain('Backup')
  })

  test('names licenses without a file of the chosen format', async () => {
    const { user } = await opened()
    await ready()
    await user.selectOptions(screen.getByTestId('write-many-format'), 'jwt')
    expect((await screen.findByTestId('write-many-left-out')).textContent).toContain('AICA license 0F2')
    await waitFor(() => expect(button().textContent).toContain('Write 2 files'))
  })

  test('refuses a folder that is not there, at its field', async () => {
    const { user } = await opened()
    await ready()
    await user.clear(screen.getByTestId('write-many-folder'))
    await user.type(screen.getByTestId('write-many-folder'), '/nowhere')
    const field = screen.getByTestId('write-many-folder')
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
    expect(button().disabled).toBe(true)
  })

  test('takes the folder that is picked', async () => {
    const { user } = await opened()
    await ready()
    await user.click(screen.getByTestId('write-many-browse'))
    await waitFor(() =>
      expect(screen.getByTestId<HTMLInputElement>('write-many-folder').value).toBe('/home/ada/box'),
    )
  })

  test('names each file that could not be written, with the reason', async () => {
    const { user } = await opened({ refuseToWrite: ['L2'] })
    await ready()
    await user.click(button())
    expect((await screen.findByTestId('write-many-outcome')).textContent).toContain('2 of 3 files written')
    expect(screen.getByTestId('write-many-failed').textContent).toContain('clinic-production')
    expect(await violations()).toEqual([])
  })
})

describe('an interrupted action', () => {
  const unfinishedWrite = { licenses: ['L1', 'L2'], folder: '/srv/licenses', format: 'jwt', keep: false }

  test('is continued as it was begun', async () => {
    const { user } = await openWindow('three', { unfinishedWrite })
    expect((await screen.findByTestId('unfinished-write')).textContent).toContain('2 licenses left')
    await user.click(screen.getByTestId('unfinished-write-continue'))
    await ready()
    expect(screen.getByTestId<HTMLInputElement>('write-many-folder').value).toBe('/srv/licenses')
    expect(screen.getByTestId<HTMLSelectElement>('write-many-format').value).toBe('jwt')
    expect(screen.getByTestId<HTMLInputElement>('write-many-keep').checked).toBe(false)
  })

  test('is left at what it has done', async () => {
    const { user } = await openWindow('three', { unfinishedWrite })
    await user.click(await screen.findByTestId('unfinished-write-leave'))
    await waitFor(() => expect(screen.queryByTestId('unfinished-write')).toBeNull())
  })
})
