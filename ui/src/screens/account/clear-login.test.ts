/** Another login for an account whose address begins with http://. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { account, scenario } from '$lib/ipc/fake/scenarios'
import { openWindow } from '../../../tests/window'

const allow = () => screen.getByTestId<HTMLInputElement>('clear-allow')

/** The dialog of an account that has these fields, with a token entered. */
async function opened(fields: Record<string, string>) {
  const [failed] = scenario('failed').accounts
  const accounts = [account(1, { state: failed?.state, address: 'http://portal.example', fields })]
  const window = await openWindow('failed', { accounts })
  await window.user.click(screen.getByTestId('renew-open-1'))
  await window.user.type(await screen.findByTestId('renew-field-token'), 'fresh-token')
  const submit = () => window.user.click(screen.getByTestId('renew-submit'))
  const sent = () => window.calls('newLogin').map(([, , changed]) => changed)
  return { ...window, submit, sent }
}

test('is sent only once that is allowed, which is asked for then', async () => {
  const { user, submit, sent } = await opened({})
  expect(screen.getByTestId('clear-notice').textContent).toContain('to portal.example unencrypted')
  expect(screen.queryByTestId('clear-allow')).toBeNull()
  await submit()
  expect((await screen.findByTestId('renew-error')).textContent).toContain('select “Send it unencrypted”')
  expect(allow().checked).toBe(false)
  await user.click(allow())
  await submit()
  await waitFor(() => expect(screen.queryByTestId('renew-dialog')).toBeNull())
  expect(sent()).toEqual([{}, { 'allow-http': 'yes' }])
})

test('keeps the permission that the account has', async () => {
  const { submit, sent } = await opened({ 'allow-http': 'yes' })
  expect(allow().checked).toBe(true)
  await submit()
  await waitFor(() => expect(screen.queryByTestId('renew-dialog')).toBeNull())
  expect(sent()).toEqual([{}])
})

test('is refused once the permission is withdrawn', async () => {
  const { user, submit, sent } = await opened({ 'allow-http': 'yes' })
  await user.click(allow())
  await submit()
  expect((await screen.findByTestId('renew-error')).textContent).toContain('unencrypted')
  expect(sent()).toEqual([{ 'allow-http': '' }])
})
