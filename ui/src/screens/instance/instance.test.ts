import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { applied, applying, button, opened, pasted, ready, TOKEN } from '../../../tests/instance'
import { openWindow } from '../../../tests/window'

describe('what an instance tells', () => {
  test('is told, each thing as what it is', async () => {
    const { unfold } = await opened()
    await unfold('token')
    expect(screen.getByTestId('instance-check').textContent).toContain('says that its license is valid')
    expect(screen.getByTestId('instance-usage').textContent).toContain('11 of 15 included users')
    expect(screen.getByRole('meter').getAttribute('aria-valuenow')).toBe('11')
    expect(screen.getByTestId('token-facts').textContent).toContain('vendor says: 1 (probably valid)')
    expect(screen.getByTestId('token-other').textContent).toContain('region')
    expect(screen.getByTestId('token-usageBilling').textContent).toBe('No')
    expect(screen.getByTestId('token-trial').textContent).toBe('No')
    expect(screen.getByTestId('token-updateDays').textContent).toBe('1 day')
  })

  test('has its two ends apart, and says what each is', async () => {
    await opened()
    expect(screen.getByTestId('instance-license-ends').textContent).toMatch(/in 1[01] months/)
    expect(screen.getByTestId('instance-token-ends').textContent).toContain('in 5 days')
    expect(screen.getByTestId('instance-token-ends').title).toContain('from its issuer')
  })

  test('is asked for once, however often it is looked at', async () => {
    const { calls, select } = await opened()
    await select('L1')
    await select('L604')
    await screen.findByTestId('instance-usage')
    expect(calls('instance')).toHaveLength(1)
  })

  test('of an instance without a license, a token is applied from its empty list', async () => {
    const { user, calls } = await openWindow('instance-empty')
    await user.click(screen.getByTestId('account-4'))
    const empty = await screen.findByTestId('list-empty-instance')
    await user.click(within(empty).getByTestId('apply-open'))
    await user.paste(TOKEN)
    await user.click(await ready('apply-send'))
    await screen.findByTestId('instance-done')
    expect(calls('applyToken')).toHaveLength(1)
  })

  test('a password that is refused is told once, with the way to give another', async () => {
    const error = { code: 'vendor-wrong-password', args: { account: 'play' }, detail: null }
    const { user, select } = await openWindow('instance', { fail: { instance: error } })
    await select('L604')
    const told = await screen.findByTestId('detail-instance-failed')
    await user.click(within(told).getByRole('button'))
    expect(await screen.findByRole('dialog')).toBeTruthy()
  })

  test('is asked for again in the detail where that failed', async () => {
    const error = { code: 'vendor-unreachable', args: { host: 'play.example', why: 'dns' }, detail: null }
    const { user, select, world } = await openWindow('instance', { fail: { instance: error } })
    await select('L604')
    const failed = await screen.findByTestId('detail-instance-failed')
    expect(failed.textContent).toContain('play.example cannot be reached')
    expect(screen.getByTestId('apply-open')).toBeTruthy()
    delete world.scene.fail.instance
    await user.click(within(failed).getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.getByTestId('detail-instance').textContent).toContain('11 of 15'))
    expect(screen.queryByTestId('detail-instance-failed')).toBeNull()
  })

  test('nothing in it is hard to reach', async () => {
    await opened()
    expect(await violations()).toEqual([])
  })
})

describe('applying a token', () => {
  test('shows the present one and the new one side by side before it is sent', async () => {
    const { user, calls } = await pasted(TOKEN)
    expect((await screen.findByTestId('apply-current-includedUsers')).textContent).toBe('15')
    expect(screen.getByTestId('apply-new-includedUsers').textContent).toBe('25')
    expect(calls('applyToken')).toHaveLength(0)
    await user.click(button('apply-send'))
    expect((await screen.findByTestId('instance-done')).textContent).toContain('has the token')
    expect(calls('applyToken')).toEqual([['applyToken', 4, { kind: 'text', text: TOKEN }, false]])
    expect(within(screen.getByTestId('apply-dialog')).getByTestId('instance-check').textContent).toContain(
      'valid',
    )
    expect(await violations(screen.getByTestId('apply-dialog'))).toEqual([])
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByTestId('apply-dialog')).toBeNull())
    expect(document.activeElement).toBe(screen.getByTestId('apply-open'))
  })

  test('of a token for another instance shows both addresses, and sends it only knowingly', async () => {
    const { user, calls } = await pasted('other')
    const found = await screen.findByTestId('apply-addresses')
    expect(found.textContent).toContain('https://other.example')
    expect(found.textContent).toContain('https://play.example/metrics')
    expect(screen.queryByTestId('apply-send')).toBeNull()
    await user.keyboard('{Enter}')
    expect(calls('applyToken')).toHaveLength(0)
    expect(button('apply-send-anyway').textContent).toContain('Apply a token for another instance')
    expect(button('apply-send-anyway').disabled, 'the present token cannot be restored').toBe(true)
    await user.type(screen.getByTestId('apply-typed'), 'https://play.example/metrics')
    await user.click(button('apply-send-anyway'))
    await waitFor(() => expect(calls('applyToken')).toEqual([['applyToken', 4, expect.anything(), true]]))
  })

  test('of a token for another instance is sent with one click where the present one can be restored', async () => {
    const { user, calls } = await applied()
    await user.click(screen.getByTestId('apply-open'))
    await user.paste('other')
    await screen.findByTestId('apply-addresses')
    expect(screen.queryByTestId('apply-typed')).toBeNull()
    await user.click(button('apply-send-anyway'))
    await waitFor(() => expect(calls('applyToken')).toHaveLength(2))
  })

  test('says of the present token whether it can be restored, as its removal does', async () => {
    const { user, paste } = await applying()
    await paste(TOKEN)
    expect((await screen.findByTestId('present-token')).textContent).toContain('cannot be restored')
    await user.click(button('apply-send'))
    await user.click(await screen.findByTestId('apply-close'))
    await user.click(await screen.findByTestId('token-remove'))
    const dialog = await screen.findByTestId('token-remove-dialog')
    expect(within(dialog).getByTestId('present-token').dataset.present).toBe('kept')
  })

  test('has the verdict directly under the field, before the comparison', async () => {
    await pasted('other')
    const verdict = await screen.findByTestId('apply-verdict')
    const field = screen.getByTestId('instance-drop')
    expect(field.nextElementSibling).toBe(verdict)
    expect(verdict.nextElementSibling).toBe(screen.getByTestId('apply-compare'))
  })

  test('of an instance without a token says nothing of one before', async () => {
    const { user } = await openWindow('instance-empty')
    await user.click(screen.getByTestId('account-menu-4'))
    await user.click(await screen.findByTestId('apply-open-4'))
    await user.paste(TOKEN)
    await screen.findByTestId('apply-fits')
    expect(screen.queryByTestId('present-token')).toBeNull()
  })

  test('that is sent and does not make the license valid is told by one amber banner', async () => {
    const { user, world } = await pasted('other')
    const row = await screen.findByTestId('apply-new-sub')
    expect(row.parentElement?.classList).toContain('elsewhere')
    world.scene.invalid = true
    await user.type(screen.getByTestId('apply-typed'), 'https://play.example/metrics{Enter}')
    const done = await screen.findByTestId('instance-done')
    expect(done.classList).toContain('warn')
    expect(done.textContent).toContain('has the token')
    expect(done.textContent).toContain('no valid license')
    expect(within(screen.getByTestId('apply-dialog')).queryByTestId('instance-check')).toBeNull()
  })

  test('of what is no token says what is wrong with it', async () => {
    await pasted('torn')
    const found = await screen.findByTestId('apply-finding-not-a-jwt')
    expect(found.textContent).toContain('it has 2 parts')
    expect(screen.queryByTestId('apply-compare')).toBeNull()
  })

  test('a file that is dropped is read by the program alone', async () => {
    const { world, calls, user } = await applying()
    world.tell({ kind: 'paths-given', paths: ['/home/ada/license.jwt'] })
    expect((await screen.findByTestId('instance-file')).textContent).toContain('license.jwt')
    await user.click(await ready('apply-send'))
    await waitFor(() =>
      expect(calls('applyToken')[0]).toEqual([
        'applyToken',
        4,
        { kind: 'file', path: '/home/ada/license.jwt' },
        false,
      ]),
    )
    expect(calls('importPaths')).toHaveLength(0)
  })

  test('a file that is chosen takes the place of what was pasted, until it is taken away', async () => {
    const { user, calls } = await pasted('torn')
    await screen.findByTestId('apply-finding-not-a-jwt')
    await user.click(button('instance-pick'))
    await screen.findByTestId('apply-send')
    expect(calls('preflightToken').at(-1)?.[2]).toMatchObject({ kind: 'file' })
    await user.click(button('instance-clear'))
    expect(screen.getByTestId<HTMLTextAreaElement>('instance-paste').value).toBe('')
    expect(button('apply-send').disabled).toBe(true)
  })

  test('a permission that is missing is named, and what was typed stays', async () => {
    const { user } = await pasted('forbidden')
    await user.click(await ready('apply-send'))
    expect((await screen.findByTestId('instance-refused')).textContent).toContain('licensing:write')
    expect(screen.getByTestId<HTMLTextAreaElement>('instance-paste').value).toBe('forbidden')
  })

  test('the earlier token is one click away', async () => {
    const { user, calls, unfold } = await applied()
    await unfold('token')
    await user.click(await screen.findByTestId('apply-restore'))
    await waitFor(() => expect(screen.getByTestId('token-jti').textContent).toBe('41'))
    expect(calls('restoreToken')).toEqual([['restoreToken', 4, false]])
    expect(screen.queryByTestId('restore-token-dialog')).toBeNull()
  })

  test('an instance that cannot tell its token is given one', async () => {
    const error = { code: 'vendor-forbidden', args: { permission: 'licensing:read' }, detail: null }
    const { paste, user, world } = await applying()
    world.scene.tokenUntold = error
    await paste(TOKEN)
    expect((await screen.findByTestId('apply-current-includedUsers')).textContent).toBe('Unknown')
    await user.click(button('apply-send'))
    expect((await screen.findByTestId('instance-done')).textContent).toContain('has the token')
  })
})

describe('putting an earlier token back that is over by now', () => {
  async function refused() {
    const window = await applied({ tokenEnds: -1 })
    await window.user.click(await screen.findByTestId('apply-restore'))
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
    await waitFor(() => expect(screen.queryByTestId('restore-token-dialog')).toBeNull())
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

describe('a refusal is shown beside what was refused', () => {
  const error = { code: 'vendor-forbidden', args: { permission: 'licensing:write' }, detail: null }

  test('a renewal’s beside its button', async () => {
    const { user } = await opened('instance', { fail: { renewToken: error } })
    await user.click(button('token-renew'))
    expect((await screen.findByTestId('token-refused')).textContent).toContain('licensing:write')
    expect(screen.queryByTestId('instance-refused')).toBeNull()
  })

  test('a look’s at the form, and not in the dialog that removes', async () => {
    const { user } = await pasted(TOKEN, { fail: { preflightToken: error } })
    await screen.findByTestId('instance-refused')
    await user.click(button('dialog-leave'))
    await user.click(await screen.findByTestId('token-remove'))
    await screen.findByTestId('token-remove-dialog')
    expect(screen.queryByTestId('token-remove-error')).toBeNull()
  })

  test('a removal’s in its dialog, and gone with it', async () => {
    const { user } = await opened('instance', { fail: { removeToken: error } })
    await user.click(button('token-remove'))
    await user.type(await screen.findByTestId('token-remove-typed'), 'https://play.example/metrics')
    await user.click(button('token-remove-confirm'))
    await screen.findByTestId('token-remove-error')
    expect(screen.queryByTestId('instance-refused')).toBeNull()
    await user.click(button('dialog-leave'))
    await user.click(button('token-remove'))
    await screen.findByTestId('token-remove-dialog')
    expect(screen.queryByTestId('token-remove-error')).toBeNull()
  })
})

describe('renewing and removing', () => {
  test('a renewal is one click', async () => {
    const { user } = await opened()
    await user.click(button('token-renew'))
    expect((await screen.findByTestId('instance-done')).textContent).toContain('from its issuer')
    expect(screen.getByTestId('instance-held').textContent).toContain('not kept here')
  })

  test('a removal takes the root URL, whose last slash does not matter', async () => {
    const { user, calls } = await opened()
    await user.click(button('token-remove'))
    const typed = await screen.findByTestId('token-remove-typed')
    await user.type(typed, 'https://play.example')
    expect(button('token-remove-confirm').disabled).toBe(true)
    await user.type(typed, '/metrics/')
    expect(button('token-remove-confirm').disabled).toBe(false)
    await user.click(button('token-remove-confirm'))
    expect((await screen.findByTestId('toast')).textContent).toContain('has no license token')
    expect(calls('removeToken')).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(calls('restoreToken')).toHaveLength(1))
  })
})
