/** What is typed into a login: where it goes before the button, and what of it is remembered. */
import { waitFor } from '@testing-library/svelte'
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
