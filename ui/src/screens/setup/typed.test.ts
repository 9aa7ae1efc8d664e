/** What is typed into the wizard: where it goes before the button, what of it is remembered, and that it stays. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { field, openSetup, ready, TOKEN } from './wizard'

test('a token of another portal on this computer is tested at once where it is from', async () => {
  const { press, type, paste, calls } = await openSetup()
  await press('setup-card-aidbox')
  await type('setup-field-url', 'http://127.0.0.1:8888')
  await paste('setup-field-token', TOKEN)
  await waitFor(() => expect(calls('testAccount')).toHaveLength(1))
  expect(calls('testAccount')[0]?.[1]).toMatchObject({ fields: { url: 'http://127.0.0.1:8888' } })
  expect(field('setup-field-url').value).toBe('http://127.0.0.1:8888')
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
  await ready('setup-test')
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
