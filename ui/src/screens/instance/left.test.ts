import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { pasted, ready, TOKEN } from '../../../tests/instance'
import { openWindow } from '../../../tests/window'

describe('an outcome that comes after its place was left', () => {
  const error = { code: 'vendor-forbidden', args: { permission: 'licensing:write' }, detail: null }

  /** The dialog is closed while its request is slow; what it returns lets the answer come. */
  async function leftWhileApplying() {
    const window = await pasted(TOKEN)
    vi.useFakeTimers({ shouldAdvanceTime: true })
    onTestFinished(() => void vi.useRealTimers())
    const answer = window.world.hold('applyToken')
    await window.user.click(await ready('apply-send'))
    await vi.advanceTimersByTimeAsync(2_100)
    await window.user.click(await ready('dialog-leave'))
    await waitFor(() => expect(screen.queryByTestId('apply-dialog')).toBeNull())
    return { ...window, answer }
  }

  test('of a token that was applied is a message', async () => {
    const { answer } = await leftWhileApplying()
    answer()
    expect((await screen.findByTestId('toast')).textContent).toContain('has the token')
  })

  test('of a token that was refused is a message with what to do', async () => {
    const { answer, world } = await leftWhileApplying()
    world.scene.fail.applyToken = error
    answer()
    expect((await screen.findByTestId('toast')).textContent).toContain('licensing:write')
  })

  test('of a restore without a license in the pane is a message', async () => {
    const { user, world } = await openWindow('instance')
    await user.click(screen.getByTestId('account-menu-4'))
    await user.click(await screen.findByTestId('apply-open-4'))
    await user.paste(TOKEN)
    await user.click(await ready('apply-send'))
    await user.click(await screen.findByTestId('apply-close'))
    await user.click(await screen.findByTestId('row-L604'))
    await user.click(await screen.findByTestId('detail-menu'))
    await user.click(await screen.findByTestId('token-remove'))
    await user.type(await screen.findByTestId('token-remove-typed'), 'https://play.example/metrics')
    await user.click(await ready('token-remove-confirm'))
    await waitFor(() => expect(screen.queryByTestId('token-remove-dialog')).toBeNull())
    await user.click(await screen.findByTestId('row-L1'))
    await screen.findByTestId('export-open')
    world.scene.fail.preflightEarlier = error
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(document.body.textContent).toContain('licensing:write'))
  })
})
