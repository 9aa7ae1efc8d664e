import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'
import { account } from '$lib/ipc/fake/scenarios'

const refused = { code: 'vendor-unauthorized', args: { account: 'northwind' }, detail: null }

describe('a refresh that fails', () => {
  test('is told by the banner of its account, and nowhere else', async () => {
    const { user, calls } = await openWindow('failed', { fail: { refresh: refused } })
    await screen.findByText('northwind could not be refreshed')
    await user.click(screen.getByTestId('refresh'))
    await waitFor(() => expect(calls('refresh')).toHaveLength(1))
    await waitFor(() => expect(calls('accounts').length).toBeGreaterThan(0))
    expect(screen.getAllByText('northwind could not be refreshed')).toHaveLength(1)
    expect(screen.queryByTestId('toast')).toBeNull()
  })

  test('is not told to whoever stopped it', async () => {
    const stopped = { code: 'cancelled', args: {}, detail: null }
    const { user, calls } = await openWindow('three', { fail: { refresh: stopped } })
    await user.click(screen.getByTestId('refresh'))
    await waitFor(() => expect(calls('accounts').length).toBeGreaterThan(0))
    expect(screen.queryByTestId('toast')).toBeNull()
  })

  test('is told as a toast where no banner says so', async () => {
    const locked = { code: 'keyring-locked', args: {}, detail: null }
    const { user } = await openWindow('three', { fail: { refresh: locked } })
    await user.click(screen.getByTestId('refresh'))
    expect((await screen.findByTestId('toast')).textContent).toContain('The keyring is locked')
  })

  test('is told as a toast where the banner’s account is not on the screen', async () => {
    const { user } = await openWindow('failed', { fail: { refresh: refused } })
    await user.click(screen.getByTestId('account-2'))
    await waitFor(() => expect(screen.queryByText('northwind could not be refreshed')).toBeNull())
    await user.click(screen.getByTestId('account-menu-1'))
    await user.click(screen.getByTestId('account-refresh-1'))
    expect((await screen.findByTestId('toast')).textContent).toContain('refused the login')
  })
})

describe('entries that could not be read', () => {
  test('are counted at their account, with what to do', async () => {
    const { user, calls } = await openWindow('unreadable')
    expect(screen.getByTestId('account-1').textContent).toContain('3 entries could not be read')
    const banner = screen.getByTestId('unreadable-1')
    expect(banner.textContent).toContain('northwind: 3 entries could not be read')
    expect(banner.textContent).toContain('no license counts as gone')
    await user.click(within(banner).getByRole('button', { name: 'Refresh' }))
    expect(calls('refresh')).toEqual([['refresh', 1]])
    await user.click(screen.getByTestId('open-settings'))
    expect((await screen.findByTestId('settings-unreadable-1')).textContent).toContain('3 entries')
  })

  test('are not spoken of where there are none', async () => {
    const { user } = await openWindow()
    expect(screen.queryByTestId('unreadable-1')).toBeNull()
    await user.click(screen.getByTestId('open-settings'))
    await screen.findByTestId('settings-accounts')
    expect(screen.queryByTestId('settings-unreadable-1')).toBeNull()
  })
})

describe('several accounts that are offline', () => {
  test('have one banner, which tries all of them', async () => {
    const offline = {
      kind: 'offline' as const,
      error: { code: 'vendor-unreachable', args: { host: 'a.example', why: 'refused' }, detail: null },
    }
    const accounts = [account(1, { state: offline }), account(3, { name: 'south', state: offline })]
    const { user, calls } = await openWindow('three', { accounts })
    const banner = await screen.findByTestId('offline-many')
    expect(banner.textContent).toContain('2 accounts are offline')
    expect(banner.textContent).toContain('northwind, south')
    await user.click(within(banner).getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(calls('refresh').map(([, id]) => id)).toEqual([1, 3]))
  })
})
