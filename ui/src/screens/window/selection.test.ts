import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import type { Scenario } from '../../lib/ipc/fake/scenarios'

const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)
const list = () => screen.getByTestId('list')

async function allSelected(change: Partial<Scenario> = {}) {
  const window = await openWindow('three', change)
  await screen.findByTestId('row-L1')
  list().focus()
  await window.user.keyboard('{Control>}a{/Control}')
  await screen.findByTestId('selection-bar')
  return window
}

describe('many selected licenses', () => {
  test('have a bar that says how many they are, and one alone has none', async () => {
    const { user, select } = await openWindow()
    await select('L1')
    expect(screen.queryByTestId('selection-bar')).toBeNull()
    list().focus()
    await user.keyboard('{Control>}a{/Control}')
    expect((await screen.findByTestId('selection-bar')).textContent).toContain('3 selected')
    expect(await violations()).toEqual([])
    await user.click(screen.getByTestId('selection-clear'))
    expect(screen.queryByTestId('selection-bar')).toBeNull()
  })

  test('are deleted once their number is typed', async () => {
    const { user, calls } = await allSelected()
    await user.keyboard('{Delete}')
    await screen.findByText('Delete 3 licenses?')
    expect(button('delete-many-confirm').disabled).toBe(true)
    await user.type(screen.getByTestId('delete-many-typed'), '2')
    expect(button('delete-many-confirm').disabled).toBe(true)
    await user.clear(screen.getByTestId('delete-many-typed'))
    await user.type(screen.getByTestId('delete-many-typed'), '3{Enter}')
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    expect(calls('deleteAll')).toEqual([['deleteAll', expect.arrayContaining(['L1', 'L2', 'L3']), '3']])
    expect((await screen.findByTestId('toast')).textContent).toContain('3 licenses deleted')
    expect(screen.queryByTestId('delete-many-dialog')).toBeNull()
  })

  test('that a vendor refuses to delete are named with the reason', async () => {
    const { user } = await allSelected({ refuseToDelete: ['L2'] })
    await user.keyboard('{Delete}')
    await user.type(await screen.findByTestId('delete-many-typed'), '3{Enter}')
    expect((await screen.findByTestId('delete-many-outcome')).textContent).toContain(
      '2 of 3 licenses deleted',
    )
    expect(screen.getByTestId('delete-many-failed').textContent).toContain('clinic-production')
    expect(await violations()).toEqual([])
  })

  test('what deleting them would do is asked again where it could not be told', async () => {
    const { user, world } = await allSelected({
      fail: { deletePlan: { code: 'library-busy', args: {}, detail: null } },
    })
    await user.keyboard('{Delete}')
    await screen.findByText('Try again')
    expect(button('delete-many-confirm').disabled).toBe(true)
    delete world.scene.fail.deletePlan
    await user.click(screen.getByText('Try again'))
    await screen.findByText(/deleted at the vendor/)
  })

  test('are refreshed with their accounts, each once, and imported keys with none', async () => {
    const { user, calls, world } = await allSelected()
    await user.click(screen.getByTestId('selection-refresh'))
    await waitFor(() => expect(calls('refresh')).toEqual([['refresh', world.row('L1').accountId]]))
  })

  test('give their names to the clipboard', async () => {
    const { user, world } = await allSelected()
    await user.click(screen.getByTestId('selection-copy'))
    await waitFor(() => expect(world.clipboard[0]?.split('\n')).toHaveLength(3))
  })
})

describe('an interrupted deletion', () => {
  test('is continued with the licenses that are left', async () => {
    const { user } = await openWindow('three', { unfinishedDelete: ['L1', 'L2'] })
    expect((await screen.findByTestId('unfinished-delete')).textContent).toContain('2 licenses left')
    await user.click(screen.getByTestId('unfinished-delete-continue'))
    await screen.findByText('Delete 2 licenses?')
  })

  test('is left at what it has done', async () => {
    const { user } = await openWindow('three', { unfinishedDelete: ['L1'] })
    await user.click(await screen.findByTestId('unfinished-delete-leave'))
    await waitFor(() => expect(screen.queryByTestId('unfinished-delete')).toBeNull())
  })
})

describe('after a deletion', () => {
  test('the next row is selected, and the list has the keyboard', async () => {
    const { user, select, world } = await openWindow()
    await screen.findByTestId('row-L1')
    const shown = () => [...list().querySelectorAll('[id^=row-]')].map(({ id }) => id.replace('row-', ''))
    const [, second = '', third = ''] = shown()
    await select(second)
    list().focus()
    await user.keyboard('{Delete}')
    await user.type(await screen.findByTestId('delete-typed'), `${world.row(second).label}{Enter}`)
    await waitFor(() => expect(screen.getByTestId(`row-${third}`).getAttribute('aria-selected')).toBe('true'))
    expect(document.activeElement).toBe(list())
  })
})
