import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test, vi } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import { seat } from '$lib/ipc/fake/seats'

async function openSeats(change = {}) {
  const window = await openWindow('session', change)
  await window.select('L1')
  return window
}

describe('the machines of a license', () => {
  test('say who has the one seat, and what a second start comes to', async () => {
    await openSeats()
    const warning = await screen.findByTestId('seats-warning')
    expect(warning.textContent).toContain('A second start will fail')
    expect(screen.getByTestId('seat-m1').textContent).toMatch(/cell-07\s+last seen 3 min\. ago/)
    expect(screen.getByText('1 of 1 in use')).toBeTruthy()
    expect(await violations()).toEqual([])
  })

  test('that not all came is said, and nothing is called free', async () => {
    await openSeats({ seats: [], seatsWhole: false })
    expect((await screen.findByTestId('seats-short')).textContent).toContain('may still have a seat')
    expect(screen.queryByTestId('seats-none')).toBeNull()
  })

  test('a seat is released only once the machine’s name was typed', async () => {
    const { user, calls } = await openSeats()
    await user.click(await screen.findByTestId('seat-release-m1'))
    const confirm = await screen.findByTestId<HTMLButtonElement>('release-confirm')
    expect(confirm.disabled).toBe(true)
    const dialog = screen.getByTestId('release-dialog')
    expect(dialog.textContent).toContain('takes the seat of “cell” from cell-07')
    expect(dialog.textContent).toContain('5c:1f:0a:77:21:e0')
    expect(dialog.textContent).toContain('linux')
    await user.type(screen.getByTestId('release-typed'), 'cell-08')
    expect(confirm.disabled).toBe(true)
    await user.clear(screen.getByTestId('release-typed'))
    await user.type(screen.getByTestId('release-typed'), 'cell-07')
    await user.click(confirm)
    expect(await screen.findByTestId('seats-none')).toBeTruthy()
    expect(calls('releaseSeat')).toEqual([['releaseSeat', 'L1', 'm1', 'cell-07']])
    expect(screen.queryByTestId('release-dialog')).toBeNull()
    expect((await screen.findByTestId('toast')).textContent).toContain('Seat released: cell-07')
  })

  test('somebody may have been quicker to release it', async () => {
    const { user, world } = await openSeats()
    await user.click(await screen.findByTestId('seat-release-m1'))
    world.scene.seats = []
    await user.type(screen.getByTestId('release-typed'), 'cell-07')
    await user.click(screen.getByTestId('release-confirm'))
    expect(await screen.findByTestId('seats-none')).toBeTruthy()
    expect(screen.queryByTestId('release-dialog')).toBeNull()
  })

  test('where the vendor tells no limit, its one-instance rule is told with its source', async () => {
    await openSeats({ mostSeats: null })
    const warning = await screen.findByTestId('seats-warning')
    expect(warning.textContent).toContain('Only one instance can run')
    expect(warning.textContent).toContain('From: AICA documentation, Licensing')
  })

  test('with seats left nothing warns, and each machine has its own release', async () => {
    const seats = [seat('m1'), seat('m2', { label: 'cell-08', lastHeartbeat: null, heartbeat: 'DOZING' })]
    await openSeats({ mostSeats: 3, seats })
    expect(await screen.findByText('2 of 3 in use')).toBeTruthy()
    expect(screen.queryByTestId('seats-warning')).toBeNull()
    expect(screen.getByTestId('seat-release-m1')).toBeTruthy()
    expect(screen.getByTestId('seat-m2').textContent).toContain('not seen yet · vendor says: “DOZING”')
  })

  test('a session that ended asks for the login again, and what was refused is asked for once more', async () => {
    const ended = { code: 'vendor-session-expired', args: { account: 'plant' }, detail: null }
    const { world, user, calls } = await openSeats({ fail: { seats: ended } })
    const failed = await screen.findByTestId('seats-failed')
    expect(failed.textContent).toContain('has ended. Nothing is lost.')
    await user.click(within(failed).getByRole('button', { name: 'Log in again…' }))
    const [account] = world.scene.accounts
    if (account) account.state = { kind: 'failed', error: ended }
    world.changed()
    delete world.scene.fail.seats
    await user.type(await screen.findByTestId('renew-field-password'), 'a good one')
    await user.click(screen.getByTestId('renew-submit'))
    expect(await screen.findByTestId('seats-warning')).toBeTruthy()
    expect(calls('seats')).toHaveLength(2)
  })

  test('are asked for again on the button', async () => {
    const { user, world, calls } = await openSeats()
    await screen.findByTestId('seat-m1')
    world.scene.seats = []
    await user.click(screen.getByTestId('seats-again'))
    expect(await screen.findByTestId('seats-none')).toBeTruthy()
    expect(calls('seats')).toHaveLength(2)
  })

  test('are asked for only where somebody stays', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { calls } = await openSeats()
    expect(calls('seats')).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(300)
    expect(calls('seats')).toHaveLength(1)
    vi.useRealTimers()
  })
})

describe('validation', () => {
  test('asks on the button alone, and says the answer’s code in words', async () => {
    const { user, calls, world } = await openSeats()
    expect(calls('validate')).toHaveLength(0)
    expect(screen.getByTestId('validate').title).toContain('Sends the key to licensing.example')
    await user.click(screen.getByTestId('validate'))
    expect((await screen.findByTestId('validation-code')).textContent).toBe('The key is valid.')
    expect(screen.getByTestId('validation').dataset.valid).toBe('true')
    expect(screen.getByTestId('validation-verified').textContent).toContain('Not verified')
    world.scene.validation = { valid: false, code: 'SUSPENDED', detail: 'is suspended', at: null }
    await user.click(screen.getByTestId('validate'))
    await waitFor(() => expect(screen.getByTestId('validation').dataset.valid).toBe('false'))
    expect(screen.getByTestId('validation').textContent).toContain('The license is suspended.')
    expect(screen.getByTestId('validation').textContent).toContain('Vendor says: is suspended')
  })

  test('calls a license that no machine took yet by that, and not bad', async () => {
    const { user, world } = await openSeats({
      validation: { valid: false, code: 'NO_MACHINE', detail: null, at: null },
    })
    await user.click(screen.getByTestId('validate'))
    const verdict = await screen.findByTestId('validation-verdict')
    expect(verdict.textContent).toContain('Not in use yet')
    expect(verdict.classList).toContain('warn')
    expect(screen.getByTestId('validation').dataset.valid).toBe('false')
    world.scene.validation = { valid: false, code: 'EXPIRED', detail: null, at: null }
    await user.click(screen.getByTestId('validate'))
    await waitFor(() => expect(screen.getByTestId('validation-verdict').textContent).toContain('Not valid'))
  })

  test('names a code that it does not know as it was given', async () => {
    const { user } = await openSeats({
      validation: { valid: false, code: 'TOO_MANY_CORES', detail: null, at: null },
    })
    await user.click(screen.getByTestId('validate'))
    expect((await screen.findByTestId('validation-code')).textContent).toBe(
      'The vendor answers TOO_MANY_CORES.',
    )
  })

  test('that fails says why, and keeps no answer from before', async () => {
    const { user, world } = await openSeats()
    await user.click(screen.getByTestId('validate'))
    await screen.findByTestId('validation')
    world.scene.fail.validate = { code: 'vendor-timed-out', args: {}, detail: null }
    await user.click(screen.getByTestId('validate'))
    expect((await screen.findByTestId('validation-failed')).textContent).toContain('did not answer')
    expect(screen.queryByTestId('validation')).toBeNull()
  })
})
