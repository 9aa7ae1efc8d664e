import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test, vi } from 'vitest'
import { at, button, field, openSetup, ready } from '../wizard'

describe('a pasted address', () => {
  test('an address whose host does not tell its system waits for a user to choose one', async () => {
    const { paste, press, user } = await openSetup()
    await paste('setup-paste', 'https://licensing.example')
    await waitFor(() => expect(screen.getByTestId('setup-recognised').dataset.kind).toBe('url'))
    expect(screen.getByTestId('setup-recognised').textContent).toContain('Choose the system')
    expect(button('setup-next').disabled).toBe(true)
    await user.keyboard('{Enter}')
    expect(screen.queryByTestId('setup-step-connect')).toBeNull()
    await press('setup-card-aica')
    await at('connect')
    expect(field('setup-field-url').value).toBe('https://licensing.example')
    expect(await screen.findByTestId('setup-confirm-host')).toBeTruthy()
  })

  test('is taken to each card that is chosen, and only to cards that take one', async () => {
    const { paste, press, type } = await openSetup()
    await paste('setup-paste', 'https://licensing.example')
    await waitFor(() => expect(screen.getByTestId('setup-recognised').dataset.kind).toBe('url'))
    expect(screen.queryByTestId('setup-card-key')).toBeNull()
    expect(screen.queryByTestId('setup-card-local')).toBeNull()
    await press('setup-card-aica')
    await at('connect')
    await press('setup-back')
    await press('setup-card-dashboard')
    await at('connect')
    expect(field('setup-field-url').value).toBe('https://licensing.example')
    await type('setup-field-url', 'https://licensing.example/metrics')
    await press('setup-back')
    await press('setup-card-dashboard')
    expect(field('setup-field-url').value).toBe('https://licensing.example/metrics')
  })

  test.each([
    ['https://aidbox.app', 'Aidbox portal', 'setup-field-token'],
    ['https://licensing.aica.tech/v1', 'AICA', 'setup-field-vendor-account'],
  ])('shows what its system needs besides: %s', async (address, system, missing) => {
    const { paste, press, calls } = await openSetup()
    await paste('setup-paste', address)
    await ready('setup-next')
    expect(screen.getByTestId('setup-recognised').textContent).toContain(system)
    expect(button('setup-next').textContent).toContain('Connect')
    expect(screen.queryByTestId('setup-field-url')).toBeNull()
    await press('setup-next')
    await waitFor(() => expect(document.activeElement).toBe(field(missing)))
    expect(calls('testAccount')).toHaveLength(0)
  })
})

describe('a login limit', () => {
  test('is explained, counted down, and lets the test go on when it is over', async () => {
    const { press, type, user } = await openSetup()
    await press('setup-card-aica')
    await type('setup-field-url', 'https://licensing.aica.tech')
    await type('setup-field-vendor-account', 'plant')
    await type('setup-field-email', 'ada@plant.example')
    vi.useFakeTimers({ shouldAdvanceTime: true, now: Date.now() })
    try {
      await type('setup-field-password', 'too often')
      await user.click(button('setup-next'))
      expect((await screen.findByTestId('setup-test-bad')).textContent).toContain('5 a minute are allowed')
      expect(button('setup-next').textContent).toContain('Try again in 42 s')
      expect(button('setup-next').disabled).toBe(true)
      await vi.advanceTimersByTimeAsync(43_000)
      expect(button('setup-next').disabled).toBe(false)
      expect(button('setup-next').textContent).toContain('Connect')
    } finally {
      vi.useRealTimers()
    }
  })
})
