/** The window where not all panes fit beside each other. */
import { fireEvent, screen, waitFor } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import { violations } from '../../../../tests/axe'
import { openWindow } from '../../../../tests/window'
import type { Scenario } from '../../../lib/ipc/fake/scenarios'

const USUAL = window.innerWidth
afterEach(() => void (window.innerWidth = USUAL))

async function openNarrow(width: number, scene = 'three', change: Partial<Scenario> = {}) {
  window.innerWidth = width
  const opened = await openWindow(scene, change)
  await fireEvent.resize(window)
  return opened
}

const nav = () => document.querySelector('nav')
const list = () => screen.getByTestId('list')
const hasFocus = (element: () => Element | null) =>
  waitFor(() => expect(document.activeElement).toBe(element()))

test('the left pane is a drawer that has the focus while it is open', async () => {
  const { user } = await openNarrow(720)
  expect(nav()?.hidden).toBe(true)
  const open = screen.getByTestId('open-sidebar')
  open.focus()
  await user.keyboard('{Enter}')
  await hasFocus(() => screen.getByTestId('view-all'))
  expect(open.getAttribute('aria-expanded')).toBe('true')
  const first = nav()?.querySelector('button')
  first?.focus()
  await user.keyboard('{Shift>}{Tab}{/Shift}')
  expect(nav()?.contains(document.activeElement)).toBe(true)
  await user.keyboard('{Escape}')
  await hasFocus(() => screen.getByTestId('open-sidebar'))
  expect(nav()?.hidden).toBe(true)
})

test('a view that is chosen in the drawer closes it, and the list has the focus', async () => {
  const { user } = await openNarrow(720)
  await user.click(screen.getByTestId('open-sidebar'))
  await user.click(screen.getByTestId('view-all'))
  await waitFor(() => expect(nav()?.hidden).toBe(true))
  await hasFocus(list)
})

test('a menu in the drawer keeps it open, and the focus returns to it', async () => {
  const { user } = await openNarrow(720)
  await user.click(screen.getByTestId('open-sidebar'))
  await user.click(screen.getByTestId('account-menu-1'))
  await user.click(await screen.findByTestId('account-rename-1'))
  await fireEvent(await screen.findByRole('dialog'), new Event('cancel', { cancelable: true }))
  await hasFocus(() => screen.getByTestId('account-menu-1'))
})

test('the button of the drawer says how much needs attention', async () => {
  await openNarrow(720, 'attention')
  await waitFor(() =>
    expect(screen.getByTestId('open-sidebar').getAttribute('aria-label')).toMatch(/\d problem/),
  )
})

test('details open over the list with Enter, and Escape returns to the row', async () => {
  const { user } = await openNarrow(720)
  await hasFocus(list)
  await user.keyboard('{ArrowDown}')
  expect(screen.queryByTestId('detail-back')).toBeNull()
  await user.keyboard('{Enter}')
  await screen.findByTestId('detail-back')
  await hasFocus(() => screen.queryByTestId('export-open'))
  await user.keyboard('{Escape}')
  await hasFocus(list)
  expect(screen.queryByTestId('detail-back')).toBeNull()
  expect(list().getAttribute('aria-activedescendant')).not.toBeNull()
})

test('a press on a row opens its details, and the button leads back', async () => {
  const { user, select } = await openNarrow(720)
  await select('L1')
  expect(await violations()).toEqual([])
  await user.click(screen.getByTestId('detail-back'))
  await hasFocus(list)
})

test('a deletion from the details leads to the next row', async () => {
  const { user, select } = await openNarrow(720)
  await select('L2')
  await user.keyboard('{Delete}')
  await user.type(await screen.findByTestId('delete-typed'), 'clinic-production{Enter}')
  await waitFor(() => expect(screen.queryByTestId('row-L2')).toBeNull())
  await hasFocus(list)
  expect(screen.queryByTestId('detail-back')).toBeNull()
})

test('the search is reached from the details over the list', async () => {
  const { user, select } = await openNarrow(720)
  await select('L1')
  await user.keyboard('/')
  await hasFocus(() => screen.getByTestId('search'))
})

test('in between, the details stay beside the list', async () => {
  const { select } = await openNarrow(900)
  await select('L1')
  expect(screen.queryByTestId('detail-back')).toBeNull()
  expect(screen.getByTestId('open-sidebar')).toBeTruthy()
})

test('news is over the details, or in a strip of its own', async () => {
  const { user, select } = await openNarrow(1320)
  await select('L1')
  await user.click(screen.getByTestId('key-copy'))
  const toasts = (await screen.findByTestId('toast')).parentElement
  expect(toasts?.classList.contains('over')).toBe(true)
  window.innerWidth = 720
  await fireEvent.resize(window)
  expect(toasts?.classList.contains('strip')).toBe(true)
})
