/** What is typed into the wizard: where it goes before the button, what of it is remembered, and that it stays. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { field, openSetup, ready, TOKEN } from '../wizard'

test('a token of another portal on this computer is tested at once where it is from', async () => {
  const { press, type, paste, calls } = await openSetup()
  await press('setup-card-aidbox')
  await type('setup-field-url', 'http://127.0.0.1:8888')
  await paste('setup-field-token', TOKEN)
  await waitFor(() => expect(calls('testAccount')).toHaveLength(1))
  expect(calls('testAccount')[0]?.[1]).toMatchObject({ fields: { url: 'http://127.0.0.1:8888' } })
  expect(field('setup-field-url').value).toBe('http://127.0.0.1:8888')
})

test('a refused token of a local portal says which was asked, and asks for the address of another', async () => {
  const { press, paste, user, calls, world } = await openSetup()
  world.scene.fail.testAccount = { code: 'vendor-unauthorized', args: { address: 'local' }, detail: null }
  await press('setup-card-aidbox')
  await paste('setup-field-token', TOKEN)
  const refused = await screen.findByTestId('setup-test-bad')
  expect(refused.textContent).toContain('The local portal on this computer refused the login.')
  expect(refused.textContent).toContain('If the token is of another portal, enter that portal’s address.')
  delete world.scene.fail.testAccount
  await press('setup-other-address')
  await waitFor(() => expect(document.activeElement).toBe(field('setup-field-url')))
  await user.keyboard('http://127.0.0.1:8888{Enter}')
  await waitFor(() => expect(calls('testAccount')).toHaveLength(2))
  expect(calls('testAccount')[1]?.[1]).toMatchObject({
    fields: { url: 'http://127.0.0.1:8888' },
    secrets: { token: TOKEN },
  })
})

test('another portal that refuses is named', async () => {
  const { press, type, user, world } = await openSetup()
  world.scene.fail.testAccount = { code: 'vendor-unauthorized', args: {}, detail: null }
  await press('setup-card-aidbox')
  await type('setup-field-url', 'https://portal.example')
  await type('setup-field-token', 'a token')
  await user.keyboard('{Enter}')
  expect((await screen.findByTestId('setup-test-bad')).textContent).toContain(
    'portal.example refused the login.',
  )
  expect(screen.queryByTestId('setup-other-address')).toBeNull()
})

test('what is typed is remembered while it is typed, but for the token', async () => {
  const { press, type, lastDraft } = await openSetup()
  await press('setup-card-aidbox')
  await type('setup-field-url', 'https://portal.example')
  await type('setup-field-token', 'a good one')
  await waitFor(() => expect(lastDraft()?.secretMissing).toBe(true))
  expect(lastDraft()?.fields).toEqual({ url: 'https://portal.example' })
  expect(JSON.stringify(lastDraft())).not.toContain('a good one')
})

test('no token goes to another computer before the button', async () => {
  const { press, type, paste, calls } = await openSetup()
  await press('setup-card-aidbox')
  await type('setup-field-url', 'https://portal.example')
  await paste('setup-field-token', TOKEN)
  await waitFor(() => expect(calls('recognise')).toHaveLength(1))
  await ready('setup-next')
  expect(calls('testAccount')).toHaveLength(0)
})

test('a refresh in the background leaves a name that is being typed and the button beside it', async () => {
  const { press, type, world } = await openSetup()
  await press('setup-card-local')
  await press('setup-next')
  await type('setup-first-license-name', 'my own name')
  const [account] = world.scene.accounts
  if (!account) throw new Error('the local portal is connected')
  world.tell({
    kind: 'account-changed',
    account: { ...account, state: { kind: 'refreshing', done: 0, total: null } },
  })
  world.tell({ kind: 'library-changed' })
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
  expect(field('setup-first-license-name').value).toBe('my own name')
  await press('setup-first-license-create')
  await screen.findByTestId('setup-file-write')
})
