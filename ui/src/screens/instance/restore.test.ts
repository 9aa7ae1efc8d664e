import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { applied, button, opened, ready, ROOT } from '../../../tests/instance'
import { openWindow } from '../../../tests/window'

describe('restoring an earlier token', () => {
  test('compares it with the present one first, and says what the instance reports then', async () => {
    const { user, calls, choose } = await applied()
    await choose('apply-restore')
    const dialog = within(await screen.findByTestId('restore-token-dialog'))
    await dialog.findByTestId('apply-fits')
    expect(dialog.getByTestId('apply-new-includedUsers').textContent).toBe('15')
    expect(calls('restoreToken')).toHaveLength(0)
    await ready('restore-token-send')
    await user.keyboard('{Enter}')
    expect((await dialog.findByTestId('instance-done')).textContent).toContain('earlier token again')
    expect(dialog.getByTestId('instance-check').dataset.answer).toBe('good')
    expect(calls('restoreToken')).toEqual([['restoreToken', 4, false]])
    expect(document.activeElement).toBe(button('restore-token-close'))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(document.activeElement).toBe(button('detail-menu')))
  })

  test('takes back a removal with one click', async () => {
    const { user, calls, choose } = await applied()
    await choose('token-remove')
    await user.type(await screen.findByTestId('token-remove-typed'), `${ROOT}{Enter}`)
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(calls('restoreToken')).toEqual([['restoreToken', 4, false]]))
    expect(screen.queryByTestId('restore-token-dialog')).toBeNull()
  })

  test('is offered by the empty list of an instance whose token was removed', async () => {
    const { user } = await openWindow('instance-empty', { earlierSub: ROOT })
    await user.click(screen.getByTestId('account-4'))
    await user.click(await screen.findByTestId('apply-restore'))
    await screen.findByTestId('apply-fits')
  })

  test('of another instance takes its address typed where the present one cannot be restored', async () => {
    const { user, calls, choose } = await opened({ earlierSub: 'https://other.example' })
    await choose('apply-restore')
    await screen.findByTestId('apply-addresses')
    expect(button('restore-token-anyway').disabled).toBe(true)
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('restore-token-typed')))
    await user.type(screen.getByTestId('restore-token-typed'), `${ROOT}{Enter}`)
    await waitFor(() => expect(calls('restoreToken')).toEqual([['restoreToken', 4, true]]))
  })
})

describe('putting an earlier token back that is over by now', () => {
  async function refused() {
    const window = await applied({ tokenEnds: -1 })
    await window.choose('apply-restore')
    return { ...window, dialog: await screen.findByTestId('restore-token-dialog') }
  }

  test('shows what was found, and is done only knowingly', async () => {
    const { user, calls, dialog } = await refused()
    expect(within(dialog).getByTestId('apply-finding-token-expired')).toBeTruthy()
    expect(within(dialog).getByTestId('apply-current-includedUsers').textContent).toBe('25')
    expect(within(dialog).getByTestId('apply-new-includedUsers').textContent).toBe('15')
    expect(calls('restoreToken')).toHaveLength(0)
    expect(await violations(dialog)).toEqual([])
    await user.click(within(dialog).getByTestId('restore-token-anyway'))
    await within(dialog).findByTestId('instance-done')
    expect(calls('restoreToken')).toEqual([['restoreToken', 4, true]])
  })

  test('is left alone by who cancels', async () => {
    const { user, calls, dialog } = await refused()
    await user.click(within(dialog).getByTestId('dialog-leave'))
    await waitFor(() => expect(screen.queryByTestId('restore-token-dialog')).toBeNull())
    expect(calls('restoreToken')).toHaveLength(0)
    expect(screen.queryByTestId('token-refused')).toBeNull()
  })
})
