import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { scenario } from '$lib/ipc/fake/scenarios'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

describe('what the vendor says of a kind of license', () => {
  test('stands beside the license, with the page that says so', async () => {
    const { select, unfold } = await openWindow()
    await select('L3')
    await unfold('rules')
    const told = screen.getByTestId('detail-reported')
    expect(told.textContent).toContain('for the entire duration of the application')
    expect(told.textContent).toContain('one running instance at a time')
    expect(told.textContent).toContain('From: AICA documentation, Licensing')
    expect(told.textContent).not.toContain('offline')
    expect(await violations(told)).toEqual([])
  })

  test('is not said of another kind', async () => {
    const { select, unfold } = await openWindow()
    await select('L1')
    await unfold('rules')
    expect(screen.queryByTestId('detail-reported')).toBeNull()
  })
})

test('a license that was not used for 90 days says so', async () => {
  const rows = scenario('three').rows.map((row) => (row.id === 'L2' ? { ...row, unused: true } : row))
  const { select } = await openWindow('three', { rows })
  await select('L2')
  expect(screen.getByText('Not used for 90 days')).toBeTruthy()
  await select('L1')
  await waitFor(() => expect(screen.queryByText('Not used for 90 days')).toBeNull())
})

test('what could not be fetched of a license is asked for again on a word', async () => {
  const { user, select, calls } = await openWindow('unfetched')
  await select('L1')
  expect(screen.getByTestId('fetch-problem').textContent).toContain('cannot be reached')
  await user.click(screen.getByTestId('fetch-again'))
  await waitFor(() => expect(screen.queryByTestId('fetch-problem')).toBeNull())
  expect(calls('fetchAgain')).toEqual([['fetchAgain', 'L1']])
})

test('another license begins at its top, and one that is asked for again stays where it is read', async () => {
  const { world, select, calls } = await openWindow()
  await select('L1')
  const before = calls('detail').length
  const pane = screen.getByTestId('detail')
  pane.scrollTop = 240
  world.tell({ kind: 'library-changed' })
  await waitFor(() => expect(calls('detail').length).toBeGreaterThan(before))
  expect(pane.scrollTop).toBe(240)
  await select('L2')
  await waitFor(() => expect(pane.scrollTop).toBe(0))
})

test('imported keys have one name everywhere', async () => {
  const { user, select } = await openWindow()
  await select('L3')
  const own = screen.getByTestId('account-2')
  expect(own.textContent).toContain('Imported keys')
  expect(screen.getByTestId('detail').textContent).toContain('Imported keys')
  expect(within(screen.getByTestId('row-L3')).getByText('Imported keys')).toBeTruthy()
  await user.click(own)
  expect(await screen.findByRole('heading', { name: 'Imported keys' })).toBeTruthy()
  // It keeps its name, so nothing offers another.
  expect(screen.queryByTestId('account-menu-2')).toBeNull()
  await user.click(screen.getByTestId('open-settings'))
  expect((await screen.findByTestId('settings-accounts')).textContent).toContain('Imported keys')
  await user.click(screen.getByTestId('page-back'))
  await user.click(screen.getByTestId('open-activity'))
  await screen.findAllByText('in Imported keys')
  expect(document.body.textContent).not.toMatch(/\bin files\b|On this computer/)
})
