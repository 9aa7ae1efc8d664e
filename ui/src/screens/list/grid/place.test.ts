import { screen, waitFor } from '@testing-library/svelte'
import { tick } from 'svelte'
import { beforeEach, describe, expect, test } from 'vitest'
import { openWindow } from '../../../../tests/window'
import { on, row } from '$lib/ipc/fake/licenses'
import { ROW_HEIGHTS } from './virtual'

beforeEach(() => localStorage.clear())

const ROW = ROW_HEIGHTS.comfortable
const urgent = Array.from({ length: 3 }, (_, at) =>
  row({ id: `U${at}`, label: `urgent-${at}`, expiry: on(-100 - at), status: 'expired' }),
)

function scrollTo(px: number): void {
  const grid = screen.getByTestId('list')
  grid.scrollTop = px
  grid.dispatchEvent(new Event('scroll'))
}

describe('the place in the list', () => {
  test('is at its top at first, where what is most urgent arrives', async () => {
    const { world } = await openWindow('many')
    world.scene.rows = [...world.scene.rows, ...urgent]
    world.tell({ kind: 'library-changed' })
    const first = await screen.findByTestId('row-U2')
    expect(first.getAttribute('aria-rowindex')).toBe('2')
    expect(screen.getByTestId('list').scrollTop).toBe(0)
  })

  test('stays at the same row when others arrive above it', async () => {
    const { world } = await openWindow('many')
    scrollTo(ROW * 500)
    await waitFor(() =>
      expect(screen.getAllByRole('row').some((one) => one.ariaRowIndex === '502')).toBe(true),
    )
    const first = () => document.querySelector('[aria-rowindex="502"]')?.id
    await waitFor(() => expect(first()).toMatch(/^row-/))
    const before = first() ?? ''
    world.scene.rows = [...world.scene.rows, ...urgent]
    world.tell({ kind: 'library-changed' })
    await waitFor(() => expect(document.getElementById(before)?.getAttribute('aria-rowindex')).toBe('505'))
    await waitFor(() => expect(screen.getByTestId('list').scrollTop).toBe(ROW * 503))
  })

  test('is not left for the selected row when the library changes', async () => {
    const { user, world, calls } = await openWindow('many')
    await user.click((await screen.findAllByRole('row'))[1] as HTMLElement)
    const row = await screen.findByRole('row', { selected: true })
    const selected = row.id.replace('row-', '')
    scrollTo(ROW * 500)
    await waitFor(() => expect(document.querySelector('[aria-rowindex="502"]')?.id).toMatch(/^row-/))
    world.tell({ kind: 'library-changed' })
    // The row at the top is looked up, and then the selected one.
    await waitFor(() => expect(calls('place').length).toBeGreaterThan(1))
    await waitFor(() => expect(calls('place').at(-1)?.[2]).toBe(selected))
    await tick()
    expect(screen.getByTestId('list').scrollTop).toBe(ROW * 500)
  })

  test('is found again after another screen', async () => {
    const { user, world, calls } = await openWindow('many')
    scrollTo(ROW * 500)
    await waitFor(() => expect(document.querySelector('[aria-rowindex="502"]')?.id).toMatch(/^row-/))
    await user.click(screen.getByTestId('open-settings'))
    await screen.findByTestId('page-back')
    world.scene.rows = [...world.scene.rows, ...urgent]
    world.tell({ kind: 'library-changed' })
    await waitFor(() => expect(calls('list').at(-1)?.[2]).toBe(500))
    await user.click(screen.getByTestId('page-back'))
    await waitFor(() => expect(screen.getByTestId('list').scrollTop).toBe(ROW * 503))
  })
})
