import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test, vi } from 'vitest'
import { openWindow } from '../../../tests/window'

describe('logging out', () => {
  test('is explained, and leaves everything but the session', async () => {
    const { user, calls } = await openWindow('session')
    await user.click(screen.getByTestId('account-menu-1'))
    await user.click(await screen.findByTestId('sign-out-open-1'))
    const dialog = await screen.findByTestId('sign-out-dialog')
    expect(dialog.textContent).toContain('revoked at licensing.example')
    expect(dialog.textContent).toContain('Licenses, files and history stay')
    expect(calls('signOut')).toEqual([])
    await user.click(screen.getByTestId('sign-out-confirm'))
    expect(await screen.findByText('Log in to “plant” again')).toBeTruthy()
    expect(screen.getByTestId('row-L1')).toBeTruthy()
    expect(screen.getByTestId('account-1').textContent).toContain('Not logged in')
    await user.click(screen.getByTestId('account-menu-1'))
    expect(screen.queryByTestId('sign-out-open-1')).toBeNull()
  })

  test('is in the settings too, with when the session ends', async () => {
    const { user } = await openWindow('session')
    await user.click(screen.getByTestId('open-settings'))
    const accounts = await screen.findByTestId('settings-accounts')
    expect(accounts.textContent).toContain('Logged in until')
    expect(accounts.textContent).toContain('no public key is set for this account')
    await user.click(within(accounts).getByTestId('settings-sign-out-1'))
    expect(await screen.findByTestId('sign-out-dialog')).toBeTruthy()
  })

  test('is not offered where there is no session', async () => {
    const { user } = await openWindow()
    await user.click(screen.getByTestId('account-menu-1'))
    expect(screen.queryByTestId('sign-out-open-1')).toBeNull()
  })
})

describe('removing an account', () => {
  test('tells why its session could not be ended', async () => {
    const sessionLeft = { code: 'vault-locked', args: {}, detail: null }
    const { user } = await openWindow('session', { sessionLeft })
    await user.click(screen.getByTestId('account-menu-1'))
    await user.click(screen.getByTestId('account-remove-1'))
    await user.type(await screen.findByTestId('remove-account-typed'), 'plant{Enter}')
    const told = (await screen.findByTestId('toast')).textContent
    expect(told).toContain('Its session at the vendor was not ended')
    expect(told).toContain('Keys are sealed')
  })
})

describe('logging in again', () => {
  async function open() {
    const window = await openWindow('session')
    await window.user.click(screen.getByTestId('account-menu-1'))
    await window.user.click(await screen.findByTestId('renew-open-1'))
    await screen.findByTestId('renew-dialog')
    return window
  }
  const submit = () => screen.getByTestId<HTMLButtonElement>('renew-submit')

  test('asks for a code only where one is needed', async () => {
    const { user, calls } = await open()
    expect(screen.queryByTestId('renew-field-otp')).toBeNull()
    await user.type(screen.getByTestId('renew-field-password'), 'coded')
    await user.click(submit())
    await user.type(await screen.findByTestId('renew-field-otp'), '123456')
    await user.click(submit())
    await waitFor(() => expect(screen.queryByTestId('renew-dialog')).toBeNull())
    expect(calls('newLogin').at(-1)).toEqual(['newLogin', 1, {}, { password: 'coded', otp: '123456' }])
  })

  test('can change what else belongs to the login, and sends that alone', async () => {
    const { user, calls } = await open()
    expect(screen.getByTestId<HTMLInputElement>('renew-field-email').value).toBe('ada@plant.example')
    await user.click(screen.getByTestId('setup-more'))
    await user.type(screen.getByTestId('renew-field-public-key'), 'other')
    await user.type(screen.getByTestId('renew-field-password'), 'a good one')
    await user.click(submit())
    expect((await screen.findByTestId('renew-error')).textContent).toContain(
      'not signed by the account’s key',
    )
    await user.clear(screen.getByTestId('renew-field-public-key'))
    await user.type(screen.getByTestId('renew-field-public-key'), 'd75a')
    await user.click(submit())
    await waitFor(() => expect(screen.queryByTestId('renew-dialog')).toBeNull())
    expect(calls('newLogin').at(-1)).toEqual([
      'newLogin',
      1,
      { 'public-key': 'd75a' },
      { password: 'a good one' },
    ])
  })

  test('asks to confirm a host that the program wants confirmed', async () => {
    const { user, world, calls } = await open()
    expect(screen.queryByTestId('renew-field-confirm-host')).toBeNull()
    world.scene.fail.newLogin = {
      code: 'host-not-confirmed',
      args: { host: 'licensing.example' },
      detail: null,
    }
    await user.type(screen.getByTestId('renew-field-password'), 'a good one')
    await user.click(submit())
    const field = await screen.findByTestId('renew-field-confirm-host')
    expect(submit().disabled).toBe(true)
    delete world.scene.fail.newLogin
    await user.type(field, 'licensing.example')
    await user.click(submit())
    await waitFor(() => expect(screen.queryByTestId('renew-dialog')).toBeNull())
    expect(calls('newLogin').at(-1)?.[2]).toEqual({ 'confirm-host': 'licensing.example' })
  })

  test('waits as long as the limit says, and counts it down', async () => {
    const { user } = await open()
    vi.useFakeTimers({ shouldAdvanceTime: true, now: Date.now() })
    try {
      await user.type(screen.getByTestId('renew-field-password'), 'often')
      await user.click(submit())
      expect((await screen.findByTestId('renew-error')).textContent).toContain('5 a minute are allowed')
      expect(submit().textContent).toContain('Try again in 42 s')
      expect(submit().disabled).toBe(true)
      await vi.advanceTimersByTimeAsync(30_000)
      expect(submit().textContent).toMatch(/Try again in 1[12] s/)
      await vi.advanceTimersByTimeAsync(13_000)
      expect(submit().disabled).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a list that is not whole', () => {
  test('says how many licenses are missing, and that nothing counts as gone', async () => {
    const { user, calls } = await openWindow('missing')
    const banner = screen.getByTestId('missing-1')
    expect(banner.textContent).toContain('2 licenses are missing from the list')
    expect(banner.textContent).toContain('no license counts as gone')
    await user.click(within(banner).getByRole('button', { name: 'Refresh' }))
    expect(calls('refresh')).toEqual([['refresh', 1]])
  })
})
