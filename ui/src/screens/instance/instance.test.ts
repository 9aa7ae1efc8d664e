import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import type { Scenario } from '../../lib/ipc/fake/scenarios'

const TOKEN = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIi.c2ln'
const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)

/** The screen of the one instance, from its account's menu. */
async function opened(scene = 'instance', change: Partial<Scenario> = {}) {
  const window = await openWindow(scene, change)
  await window.user.click(screen.getByTestId('account-menu-4'))
  await window.user.click(await screen.findByTestId('instance-open-4'))
  await screen.findByTestId('instance-usage')
  const paste = async (text: string) => {
    await window.user.click(screen.getByTestId('instance-paste'))
    await window.user.paste(text)
  }
  return { ...window, paste }
}

const pasted = async (text: string) => {
  const window = await opened()
  await window.paste(text)
  return window
}

describe('what an instance tells', () => {
  test('is told, each thing as what it is', async () => {
    await opened()
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
    expect(screen.getByTestId('instance-token-ends').textContent).toContain('from its issuer')
  })

  test('stands in short in the detail pane, and leads to the rest', async () => {
    const { user, select, calls } = await openWindow('instance')
    await select('L604')
    const panel = await screen.findByTestId('detail-instance')
    await waitFor(() => expect(panel.textContent).toContain('11 of 15 included users'))
    await user.click(within(panel).getByTestId('instance-open'))
    await screen.findByTestId('token-facts')
    expect(calls('instance')).toHaveLength(1)
  })

  test('is asked for from the empty list of an instance without a license', async () => {
    const { user } = await openWindow('instance-empty')
    await user.click(screen.getByTestId('account-4'))
    const empty = await screen.findByTestId('list-empty-instance')
    await user.click(within(empty).getByTestId('instance-open'))
    expect((await screen.findByTestId('instance-no-token')).textContent).toContain('No license token')
    expect(screen.queryByTestId('token-remove')).toBeNull()
  })

  test('a password that is refused is told once, with the way to give another', async () => {
    const error = { code: 'vendor-wrong-password', args: { account: 'play' }, detail: null }
    const { user } = await openWindow('instance', { fail: { instance: error } })
    await user.click(screen.getByTestId('account-menu-4'))
    await user.click(await screen.findByTestId('instance-open-4'))
    const told = await screen.findByTestId('instance-problem')
    await user.click(within(told).getByRole('button'))
    expect(await screen.findByRole('dialog')).toBeTruthy()
  })

  test('is asked for again in the detail where that failed', async () => {
    const error = { code: 'vendor-unreachable', args: { host: 'play.example', why: 'dns' }, detail: null }
    const { user, select, world } = await openWindow('instance', { fail: { instance: error } })
    await select('L604')
    const failed = await screen.findByTestId('detail-instance-failed')
    expect(failed.textContent).toContain('play.example cannot be reached')
    expect(screen.getByTestId('instance-open')).toBeTruthy()
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
    expect(screen.getByTestId<HTMLTextAreaElement>('instance-paste').value).toBe('')
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
    const { user, calls } = await pasted(TOKEN)
    await screen.findByTestId('apply-send')
    await user.click(button('apply-send'))
    await screen.findByTestId('instance-done')
    await user.click(screen.getByTestId('instance-paste'))
    await user.paste('other')
    await screen.findByTestId('apply-addresses')
    expect(screen.queryByTestId('apply-typed')).toBeNull()
    await user.click(button('apply-send-anyway'))
    await waitFor(() => expect(calls('applyToken')).toHaveLength(2))
  })

  test('says of the present token whether it can be restored, as its removal does', async () => {
    const { user } = await pasted(TOKEN)
    expect((await screen.findByTestId('present-token')).textContent).toContain('cannot be restored')
    await user.click(button('apply-send'))
    await screen.findByTestId('instance-done')
    await user.click(screen.getByTestId('instance-paste'))
    await user.paste('other')
    expect((await screen.findByTestId('present-token')).textContent).toContain('and can be restored')
    await user.click(button('token-remove'))
    const dialog = await screen.findByTestId('token-remove-dialog')
    expect(within(dialog).getByTestId('present-token').dataset.present).toBe('kept')
  })

  test('of an instance without a token says nothing of one before', async () => {
    const { paste } = await opened('instance', { rows: [] })
    await paste(TOKEN)
    await screen.findByTestId('apply-send')
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
    expect(screen.queryByTestId('instance-check')).toBeNull()
  })

  test('of what is no token says what is wrong with it', async () => {
    await pasted('torn')
    const found = await screen.findByTestId('apply-finding-not-a-jwt')
    expect(found.textContent).toContain('it has 2 parts')
    expect(screen.queryByTestId('apply-compare')).toBeNull()
  })

  test('a file that is dropped is read by the program alone', async () => {
    const { world, calls, user } = await opened()
    world.tell({ kind: 'paths-given', paths: ['/home/ada/license.jwt'] })
    expect((await screen.findByTestId('instance-file')).textContent).toContain('license.jwt')
    await user.click(await screen.findByTestId('apply-send'))
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
    expect(screen.queryByTestId('apply-send')).toBeNull()
  })

  test('a permission that is missing is named, and what was typed stays', async () => {
    const { user } = await pasted('forbidden')
    await user.click(await screen.findByTestId('apply-send'))
    expect((await screen.findByTestId('instance-refused')).textContent).toContain('licensing:write')
    expect(screen.getByTestId<HTMLTextAreaElement>('instance-paste').value).toBe('forbidden')
  })

  test('the earlier token is one click away', async () => {
    const { user, calls } = await pasted(TOKEN)
    await user.click(await screen.findByTestId('apply-send'))
    await user.click(await screen.findByTestId('apply-restore'))
    await waitFor(() => expect(screen.getByTestId('token-jti').textContent).toBe('41'))
    expect(calls('restoreToken')).toEqual([['restoreToken', 4, false]])
    expect(screen.queryByTestId('restore-token-dialog')).toBeNull()
  })

  test('an instance that cannot tell its token is given one', async () => {
    const error = { code: 'vendor-forbidden', args: { permission: 'licensing:read' }, detail: null }
    const { paste, user, world } = await opened()
    world.scene.tokenUntold = error
    await paste(TOKEN)
    expect((await screen.findByTestId('apply-current-includedUsers')).textContent).toBe('Unknown')
    await user.click(button('apply-send'))
    expect((await screen.findByTestId('instance-done')).textContent).toContain('has the token')
  })
})

describe('putting an earlier token back that is over by now', () => {
  async function refused() {
    const window = await opened('instance', { tokenEnds: -1 })
    await window.paste(TOKEN)
    await window.user.click(await screen.findByTestId('apply-send'))
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
    const { user, paste } = await opened('instance', { fail: { preflightToken: error } })
    await paste(TOKEN)
    await screen.findByTestId('instance-refused')
    await user.click(button('token-remove'))
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
    await screen.findByTestId('instance-no-token')
    expect(calls('removeToken')).toHaveLength(1)
    expect(screen.getByTestId('instance-done').textContent).toContain('the same whether there was')
  })
})
