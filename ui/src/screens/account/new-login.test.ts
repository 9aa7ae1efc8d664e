/** Another login for an account that is there. */
import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { account } from '$lib/ipc/fake/scenarios'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)

describe('a new token for an account', () => {
  async function opened() {
    const window = await openWindow('failed')
    await window.user.click(screen.getByTestId('renew-open-1'))
    await screen.findByTestId('renew-dialog')
    const enter = async (token: string) => {
      await window.user.clear(screen.getByTestId('renew-field-token'))
      await window.user.type(screen.getByTestId('renew-field-token'), `${token}{Enter}`)
    }
    return { ...window, enter }
  }

  test('is offered where the vendor refused the login, and the account works again', async () => {
    const { enter, calls } = await opened()
    expect(button('renew-submit').disabled).toBe(true)
    await enter(' fresh-token ')
    await waitFor(() => expect(screen.queryByTestId('renew-dialog')).toBeNull())
    expect(calls('newLogin')).toEqual([['newLogin', 1, {}, { token: 'fresh-token' }]])
    await waitFor(() => expect(screen.getByTestId('account-1').dataset.state).toBe('ready'))
    expect(screen.queryByTestId('banner')).toBeNull()
  })

  test('says where to find one, opens that page, and hides what is typed', async () => {
    const { user, calls } = await opened()
    const dialog = screen.getByTestId('renew-dialog')
    expect(dialog.textContent).toContain('Settings → Issue Token')
    expect(screen.getByTestId<HTMLInputElement>('renew-field-token').type).toBe('password')
    await user.click(screen.getByTestId('setup-token-page'))
    await waitFor(() => expect(calls('openPage')).toHaveLength(1))
    expect(await violations(dialog)).toEqual([])
  })

  test.each([
    ['wrong', 'aidbox.app refused the login.'],
    ['other', 'This login opens none of the licenses of “northwind”.'],
  ])('one that is %s is told at its field, and another can be typed', async (token, words) => {
    const { enter } = await opened()
    await enter(token)
    const dialog = within(screen.getByTestId('renew-dialog'))
    expect((await dialog.findByRole('alert')).textContent).toContain(words)
    expect(screen.getByTestId('renew-field-token').getAttribute('aria-invalid')).toBe('true')
    await enter('fresh-token')
    await waitFor(() => expect(screen.queryByTestId('renew-dialog')).toBeNull())
  })

  test('a locked vault is told in the dialog', async () => {
    const { enter, world } = await opened()
    world.scene.fail.newLogin = { code: 'vault-locked', args: {}, detail: null }
    await enter('fresh-token')
    expect(await screen.findByTestId('renew-error')).toBeTruthy()
  })

  test('can be had from the account’s actions while all is well', async () => {
    const { user } = await openWindow('local')
    expect(screen.queryByTestId('renew-open-1')).toBeNull()
    await user.click(screen.getByTestId('account-menu-3'))
    await user.click(screen.getByTestId('renew-open-3'))
    expect((await screen.findByTestId('renew-dialog')).textContent).toContain('local portal')
  })
})

describe('a session that has ended', () => {
  async function opened() {
    const window = await openWindow('session-ended')
    await window.user.click(screen.getByTestId('renew-open-1'))
    await screen.findByTestId('renew-dialog')
    const enter = async (name: string, text: string) =>
      window.user.type(screen.getByTestId(`renew-field-${name}`), `${text}{Enter}`)
    return { ...window, enter }
  }

  test('is begun anew by the password, which is sent to the letter, and a code where it is asked for', async () => {
    const { enter, calls } = await opened()
    expect(screen.getByTestId('renew-dialog').textContent).toContain('Log in to “cell” again')
    expect(screen.queryByTestId('renew-field-otp')).toBeNull()
    await enter('password', ' coded ')
    expect((await within(screen.getByTestId('renew-dialog')).findByRole('alert')).textContent).toContain(
      'A one-time code is needed',
    )
    await enter('otp', '123456')
    await waitFor(() => expect(screen.queryByTestId('renew-dialog')).toBeNull())
    expect(calls('newLogin').map(([, , , secrets]) => secrets)).toEqual([
      { password: ' coded ' },
      { password: ' coded ', otp: '123456' },
    ])
  })

  test('tells a wrong password at its field, and the seconds to wait below', async () => {
    const { user, enter } = await opened()
    await enter('password', 'wrong')
    expect((await within(screen.getByTestId('renew-dialog')).findByRole('alert')).textContent).toContain(
      'the password is wrong',
    )
    await user.clear(screen.getByTestId('renew-field-password'))
    await enter('password', 'often')
    expect((await screen.findByTestId('renew-error')).textContent).toContain('Try again in 42 s.')
  })
})

test('a new login takes the certificate of a server that changed it', async () => {
  const error = {
    code: 'vendor-unreachable',
    args: { host: 'box.example', why: 'tls-self-signed', field: 'ca-file' },
    detail: null,
  }
  const instance = { provider: 'dashboard', address: 'https://box.example', fields: { user: 'admin' } }
  const accounts = [account(1, { ...instance, name: 'play', state: { kind: 'failed', error } })]
  const { user, calls } = await openWindow('failed', { accounts })
  await user.click(screen.getByTestId('account-menu-1'))
  await user.click(screen.getByTestId('renew-open-1'))
  await user.type(await screen.findByTestId('renew-field-password'), 'a good one')
  await user.click(screen.getByTestId('setup-more'))
  await user.type(screen.getByTestId('renew-field-ca-file'), '/home/ada/box.pem')
  await user.click(button('renew-submit'))
  await waitFor(() => expect(screen.queryByTestId('renew-dialog')).toBeNull())
  const secrets = { password: 'a good one' }
  expect(calls('newLogin')).toEqual([['newLogin', 1, { 'ca-file': '/home/ada/box.pem' }, secrets]])
})
