/** The wizard without a mouse. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { at, heading, KEY, openSetup, TOKEN } from './wizard'

const recognised = async (kind: string) =>
  waitFor(() => expect(screen.getByTestId('setup-recognised').dataset.kind).toBe(kind))

test('after an address and Enter the empty token field is where to go on', async () => {
  const { paste, user } = await openSetup()
  await paste('setup-paste', 'https://aidbox.app')
  await recognised('url')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('setup-field-token')))
  await user.keyboard('a good one{Enter}')
  await at('file')
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
  const { user, calls } = await openSetup()
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('setup-paste')))
  await user.paste(KEY)
  await user.keyboard('{Enter}')
  await at('done')
  expect(calls('importText')).toEqual([['importText', KEY, null]])
  expect(calls('writeExport')).toHaveLength(1)
  await waitFor(() => expect(document.activeElement).toBe(heading()))
  await user.keyboard('{Enter}')
  await screen.findByTestId('list')
})

test('Ctrl+V goes into the field from anywhere', async () => {
  const { user } = await openSetup()
  for (const testid of ['setup-card-local', 'setup-leave']) {
    screen.getByTestId(testid).focus()
    await user.keyboard('{Control>}v{/Control}')
    expect(document.activeElement).toBe(screen.getByTestId('setup-paste'))
  }
})

test('Enter with nothing pasted moves to the field', async () => {
  const { user, type } = await openSetup()
  await type('setup-paste', '5614D1-3E7A6C-93')
  await recognised('mistake')
  await user.keyboard('{Enter}')
  expect(document.activeElement).toBe(screen.getByTestId('setup-paste'))
  await at('where')
})

test.each([
  ['the first screen', null],
  ['an account', 'setup-card-aidbox'],
])('Escape leaves from %s', async (_, card) => {
  const { press, user, calls } = await openSetup('three', { setup: null })
  await press('add-account')
  if (card) await press(card)
  await user.keyboard('{Escape}')
  await screen.findByTestId('list')
  expect(calls('finishSetup')).toHaveLength(1)
})

test('Escape in a dialog leaves the dialog alone', async () => {
  const { paste, press, user } = await openSetup()
  await paste('setup-paste', '-----BEGIN LICENSE FILE-----\nZW5j\n-----END LICENSE FILE-----')
  await recognised('key')
  await press('setup-next')
  await press('setup-key-give')
  await screen.findByTestId('certificate-dialog')
  await user.keyboard('{Escape}')
  await at('connect')
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
