import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { button, opened, pasted, ready, TOKEN } from '../../../tests/instance'
import { openWindow } from '../../../tests/window'
import { row } from '../../lib/ipc/fake/licenses'

const ROW = row({
  id: 'L604',
  label: 'Northwind',
  accountId: 4,
  account: 'play',
  product: 'dashboard',
})

describe('what an instance tells', () => {
  test('is told, each thing as what it is', async () => {
    const { unfold } = await opened()
    await unfold('token')
    expect(screen.getByTestId('instance-check').textContent).toContain('reports a valid license')
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

describe('an instance with a token for another one', () => {
  const WRONG = { ...ROW, status: 'wrong-instance' }
  /** The pane of it; it reports no valid license. */
  const wrong = async () => {
    const window = await openWindow('instance', {
      rows: [WRONG],
      invalid: true,
      tokenSub: 'https://other.example',
    })
    await window.select('L604')
    return window
  }

  test('says in the pane which instance its token is for', async () => {
    await wrong()
    const found = await screen.findByTestId('apply-addresses')
    expect(found.textContent).toContain('https://other.example')
    expect(screen.getByTestId('instance-check').dataset.answer).toBe('bad')
    expect(await violations(screen.getByTestId('detail-instance'))).toEqual([])
  })

  test('is given the right one with Enter in the list', async () => {
    const { user } = await wrong()
    screen.getByTestId('list').focus()
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(await screen.findByTestId('instance-paste'))
    await user.click(button('dialog-leave'))
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('list')))
  })

  test('is given the right one from its menu and from what needs attention', async () => {
    const { user } = await wrong()
    await user.pointer({ keys: '[MouseRight]', target: screen.getByTestId('row-L604') })
    await user.click(await screen.findByTestId('menu-apply'))
    await screen.findByTestId('apply-dialog')
    await user.click(button('dialog-leave'))
    await user.keyboard('{Control>}1{/Control}')
    const line = await screen.findByTestId('attention-wrong-instance')
    within(line).getAllByRole('button')[0]?.focus()
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(await screen.findByTestId('instance-paste'))
  })
})

describe('a refusal is shown beside what was refused', () => {
  const error = { code: 'vendor-forbidden', args: { permission: 'licensing:write' }, detail: null }

  test('a renewal’s beside its button', async () => {
    const { choose } = await opened({ fail: { renewToken: error } })
    await choose('token-renew')
    expect((await screen.findByTestId('token-refused')).textContent).toContain('licensing:write')
    expect(screen.queryByTestId('instance-refused')).toBeNull()
  })

  test('a look’s at the form, and not in the dialog that removes', async () => {
    const { user, choose } = await pasted(TOKEN, { fail: { preflightToken: error } })
    await screen.findByTestId('instance-refused')
    await user.click(button('dialog-leave'))
    await choose('token-remove')
    await screen.findByTestId('token-remove-dialog')
    expect(screen.queryByTestId('token-remove-error')).toBeNull()
  })

  test('a removal’s in its dialog, and gone with it', async () => {
    const { user, choose } = await opened({ fail: { removeToken: error } })
    await choose('token-remove')
    await user.type(await screen.findByTestId('token-remove-typed'), 'https://play.example/metrics')
    await user.click(button('token-remove-confirm'))
    await screen.findByTestId('token-remove-error')
    expect(screen.queryByTestId('instance-refused')).toBeNull()
    await user.click(button('dialog-leave'))
    await choose('token-remove')
    await screen.findByTestId('token-remove-dialog')
    expect(screen.queryByTestId('token-remove-error')).toBeNull()
  })
})

describe('renewing and removing', () => {
  test('a renewal is one click', async () => {
    const { choose } = await opened()
    await choose('token-renew')
    expect((await screen.findByTestId('instance-done')).textContent).toContain('from its issuer')
    expect(screen.getByTestId('instance-held').textContent).toContain('does not have the text')
  })

  test('a removal takes the root URL, whose last slash does not matter', async () => {
    const { user, calls, choose } = await opened()
    await choose('token-remove')
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
