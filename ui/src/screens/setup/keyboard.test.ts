/** The wizard without a mouse. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { at, field, heading, KEY, openSetup, ready, TOKEN } from './wizard'

const recognised = async (kind: string) =>
  waitFor(() => expect(screen.getByTestId('setup-recognised').dataset.kind).toBe(kind))

test('after an address and Enter the empty token field is where to go on', async () => {
  const { paste, user } = await openSetup()
  await paste('setup-paste', 'https://aidbox.app')
  await recognised('url')
  await user.keyboard('{Enter}')
  await at('connect')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('setup-field-token')))
  expect(field('setup-field-url').value).toBe('https://aidbox.app')
})

test.each([
  ['aidbox', 'setup-field-token'],
  ['aica', 'setup-field-url'],
  ['dashboard', 'setup-field-url'],
  ['key', 'setup-key'],
])('a chosen card leads to its first empty field: %s', async (card, testid) => {
  const { press } = await openSetup()
  await press(`setup-card-${card}`)
  await at('connect')
  await waitFor(() => expect(document.activeElement?.getAttribute('data-testid')).toBe(testid))
})

test('from a pasted key to the list by Enter alone', async () => {
  const { paste, user, calls } = await openSetup()
  await paste('setup-paste', KEY)
  await recognised('key')
  await user.keyboard('{Enter}')
  expect((await screen.findByTestId('setup-keys')).textContent).toContain('imported: AICA license 0F2')
  await waitFor(() => expect(document.activeElement).toBe(heading()))
  await user.keyboard('{Enter}')
  await ready('setup-file-write')
  await user.keyboard('{Enter}')
  await screen.findByTestId('setup-file-done')
  expect(calls('writeExport')).toHaveLength(1)
  await user.keyboard('{Enter}')
  await at('done')
  await user.keyboard('{Enter}')
  await screen.findByTestId('list')
})

test('Enter on another control does what that control does', async () => {
  const { press, user } = await openSetup()
  await press('setup-card-local')
  await at('connect')
  screen.getByTestId('setup-back').focus()
  await user.keyboard('{Enter}')
  await at('where')
})

test('an address is shown as it is, unless it may hold a secret', async () => {
  const { paste, type } = await openSetup()
  await paste('setup-paste', 'https://portal.example:8080/rpc')
  await recognised('url')
  expect(screen.getByTestId('setup-paste').className).not.toContain('masked')
  await type('setup-paste', 'https://ada:secret@portal.example')
  await recognised('url')
  expect(screen.getByTestId('setup-paste').className).toContain('masked')
  await type('setup-paste', TOKEN)
  expect(screen.getByTestId('setup-paste').className).toContain('masked')
})

test('a text of no form that is known is told which forms are', async () => {
  const { paste } = await openSetup()
  await paste('setup-paste', 'hello there')
  await waitFor(() =>
    expect(screen.getByTestId('setup-recognised').textContent).toMatch(/AICA keys.*aica-license\.toml.*JWTs/),
  )
})
