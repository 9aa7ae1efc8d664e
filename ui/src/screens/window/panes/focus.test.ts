/** Where the focus is after each action, and how keys move it. */
import { fireEvent, screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../../tests/window'

const list = () => screen.getByTestId('list')
const hasFocus = (element: () => Element | null) =>
  waitFor(() => expect(document.activeElement).toBe(element()))
const isAtRow = async (row: string) => {
  await hasFocus(list)
  await waitFor(() => expect(list().getAttribute('aria-activedescendant')).toBe(row))
}

describe('the focus', () => {
  test('begins in the list', async () => {
    await openWindow()
    await hasFocus(list)
  })

  test('is at the row of a license that was created', async () => {
    const { user, world } = await openWindow()
    await user.click(screen.getByTestId('create-open'))
    await user.type(await screen.findByTestId('create-name'), 'fresh')
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('create-submit').disabled).toBe(false))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByTestId('create-dialog')).toBeNull())
    const made = world.scene.rows.find(({ label }) => label === 'fresh')
    await isAtRow(`row-${made?.id}`)
  })

  test('is at the next row after a deletion, and Delete means that one', async () => {
    const { user, select } = await openWindow()
    await select('L2')
    await user.click(screen.getByTestId('detail-menu'))
    await user.click(await screen.findByTestId('delete-open'))
    await user.type(await screen.findByTestId('delete-typed'), 'clinic-production{Enter}')
    await waitFor(() => expect(screen.queryByTestId('row-L2')).toBeNull())
    await hasFocus(list)
    await waitFor(() => expect(list().getAttribute('aria-activedescendant')).not.toBeNull())
    await user.keyboard('{Delete}')
    await screen.findByTestId('delete-dialog')
  })

  test('returns to what opened a dialog', async () => {
    const { user, select } = await openWindow()
    await select('L1')
    const open = screen.getByTestId('export-open')
    await user.click(open)
    await screen.findByTestId('export-dialog')
    await fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }))
    await hasFocus(() => open)
  })

  test('stays in the section whose button opened a dialog and is gone', async () => {
    const { user, select } = await openWindow('session')
    await select('L1')
    await user.click(await screen.findByTestId('seat-release-m1'))
    await user.type(await screen.findByTestId('release-typed'), 'cell-07{Enter}')
    await waitFor(() => expect(screen.queryByTestId('seat-release-m1')).toBeNull())
    await waitFor(() =>
      expect(document.activeElement?.closest('section')?.contains(screen.getByTestId('seats'))).toBe(true),
    )
  })

  test('stays in the pane when its button is gone', async () => {
    const { user, select } = await openWindow('leaked')
    await select('L3')
    await user.click(await screen.findByTestId('leaked-unmark'))
    await waitFor(() => expect(screen.queryByTestId('leaked-unmark')).toBeNull())
    await waitFor(() => expect(document.activeElement?.closest('[data-pane="detail"]')).not.toBeNull())
  })

  test('comes back to a control that was busy', async () => {
    const { user, world, select } = await openWindow('session')
    await select('L1')
    const again = (await screen.findAllByRole<HTMLButtonElement>('button', { name: 'Ask again' }))[0]
    if (!again) throw new Error('no such button')
    await screen.findByTestId('seat-release-m1')
    await waitFor(() => expect(again.disabled).toBe(false))
    const letGo = world.hold('seats')
    await user.click(again)
    await waitFor(() => expect(again.disabled).toBe(true))
    await waitFor(() => expect(document.activeElement).not.toBe(again))
    expect(document.activeElement).not.toBe(document.body)
    letGo()
    await waitFor(() => expect(again.disabled).toBe(false))
    await hasFocus(() => again)
  })

  test.each([['open-settings'], ['open-activity']])('is in the list after %s is left', async (entry) => {
    const { user, select } = await openWindow()
    await select('L1')
    await user.click(screen.getByTestId(entry))
    await waitFor(() => expect(document.activeElement?.closest('.page')).not.toBeNull())
    await user.keyboard('{Escape}')
    await isAtRow('row-L1')
  })
})

describe('keys', () => {
  test('F6 moves from pane to pane, to where the focus was in each', async () => {
    const { user, select } = await openWindow()
    await select('L1')
    list().focus()
    await user.keyboard('{F6}')
    await hasFocus(() => screen.getByTestId('export-open'))
    await user.keyboard('{Tab}{F6}')
    await hasFocus(() => screen.getByTestId('view-all'))
    await user.keyboard('{F6}')
    await hasFocus(list)
    await user.keyboard('{F6}')
    await hasFocus(() => screen.getByTestId('key-copy'))
    await user.keyboard('{Shift>}{F6}{/Shift}')
    await hasFocus(list)
  })

  test('F6 stops at banners that can be acted on', async () => {
    const { user } = await openWindow('locked')
    await hasFocus(list)
    await user.keyboard('{F6}')
    await hasFocus(() => screen.getByTestId('unlock'))
  })

  test('Enter on a row moves to the main action of its details, and Escape back', async () => {
    const { user, select } = await openWindow()
    await select('L1')
    list().focus()
    await user.keyboard('{Enter}')
    await hasFocus(() => screen.getByTestId('export-open'))
    await user.keyboard('{Escape}')
    await isAtRow('row-L1')
  })

  test('Enter in a dialog moves to what is missing', async () => {
    const { user } = await openWindow()
    await user.keyboard('{Control>}n{/Control}')
    const name = await screen.findByTestId('create-name')
    screen.getAllByRole('radio')[0]?.focus()
    await user.keyboard('{Enter}')
    await hasFocus(() => name)
  })

  test('Enter in a dialog that cannot be sent yet moves to what is missing', async () => {
    const { user, select } = await openWindow()
    await select('L2')
    await user.keyboard('{Delete}')
    const typed = await screen.findByTestId('delete-typed')
    document.querySelector<HTMLElement>('dialog .body')?.focus()
    await user.keyboard('{Enter}')
    await hasFocus(() => typed)
  })

  test('Delete says why a license cannot be deleted', async () => {
    const { user, select } = await openWindow('session')
    await select('L1')
    await user.keyboard('{Delete}')
    expect((await screen.findByTestId('toast')).textContent).toContain('only on its own page')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('Ctrl+comma opens the settings', async () => {
    const { user } = await openWindow()
    await user.keyboard('{Control>},{/Control}')
    await screen.findByTestId('settings')
  })

  test('zoom in steps, and the next window begins as the last one was', async () => {
    const { user, calls, unmount } = await openWindow()
    await user.keyboard('{Control>}++-{/Control}')
    expect(calls('zoom').map(([, factor]) => factor)).toEqual([1.1, 1.25, 1.1])
    unmount()
    const next = await openWindow()
    expect(next.calls('zoom')).toEqual([['zoom', 1.1]])
    await next.user.keyboard('{Control>}0{/Control}')
    expect(next.calls('zoom').at(-1)).toEqual(['zoom', 1])
  })

  test.each([
    ['F5', {}],
    ['r', { ctrlKey: true }],
    ['R', { ctrlKey: true, shiftKey: true }],
    ['ArrowLeft', { altKey: true }],
  ])('%s %j does not leave the page under a dialog', async (key, held) => {
    const { user } = await openWindow()
    await user.keyboard('{Control>}n{/Control}')
    const name = await screen.findByTestId('create-name')
    const event = new KeyboardEvent('keydown', { key, ...held, bubbles: true, cancelable: true })
    name.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
  })
})

test('typing keeps the focus when it turns on the button that had it', async () => {
  const { user } = await openWindow('passphrase')
  const field = await screen.findByTestId('unlock-passphrase')
  await user.type(field, 'not this one')
  await user.click(screen.getByTestId('unlock'))
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('unlock-passphrase').value).toBe(''))
  await user.type(screen.getByTestId('unlock-passphrase'), 'open sesame')
  expect(screen.getByTestId<HTMLInputElement>('unlock-passphrase').value).toBe('open sesame')
})
