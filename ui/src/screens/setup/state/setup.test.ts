import { describe, expect, test, vi } from 'vitest'
import { fake } from '$lib/ipc/fake'
import { scenario } from '$lib/ipc/fake/scenarios'
import { choices } from '$lib/ipc/fake/vendors'
import { Setup } from './setup.svelte'
import { usualChoices } from './file.svelte'
import { App } from '$lib/state/app.svelte'
import { plainAddress } from '$lib/state/login/login.svelte'
import { missingChars, strengthOf } from '$lib/state/secrets/passphrase'

describe('a passphrase', () => {
  test.each([
    ['password', 'weak'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['abababababababababababab', 'weak'],
    ['correct horse', 'fair'],
    ['seven quiet otters swim', 'strong'],
  ])('%s is %s', (passphrase, strength) => expect(strengthOf(passphrase)).toBe(strength))

  test('is counted in characters, not in bytes', () => {
    expect(missingChars('πάπια🦆')).toBe(2)
  })
})

describe('an address that is remembered', () => {
  test.each([
    ['https://aidbox.app', 'https://aidbox.app'],
    [' https://aidbox.app/base/ ', 'https://aidbox.app/base/'],
    ['https://user:secret@aidbox.app', 'https://aidbox.app'],
    ['https://aidbox.app/?token=secret#secret', 'https://aidbox.app'],
    ['local', 'local'],
    ['secret-token-in-the-wrong-field', null],
    ['data:secret', null],
  ])('of %s is %s', (typed, kept) => expect(plainAddress(typed)).toBe(kept))
})

describe('the usual choices', () => {
  test('leave out what the API does not carry', () => {
    expect(usualChoices(choices(false))).toEqual({ type: 'dev' })
  })

  test('leave out what does not show', () => {
    expect(usualChoices(choices(true))).toEqual({ type: 'dev', goal: 'development', hosting: 'self-hosted' })
  })
})

async function ending(written: string[]) {
  const { backend } = fake(scenario('three'))
  const app = new App(backend)
  await app.open()
  await app.startSetup()
  const setup = new Setup(app)
  await setup.file.load(null, null)
  setup.written = written
  await setup.finish()
  return app
}

test('the list opens at the license that a file was written from', async () => {
  const app = await ending(['/home/ada/.env'])
  expect(app.selection.only).not.toBeNull()
})

test('the list opens at its top where no license was dealt with', async () => {
  const app = await ending([])
  expect(app.screen).toBe('main')
  expect(app.selection.only).toBeNull()
})

test('what is chosen in the list while it is read again after the wizard stays', async () => {
  const { backend, world } = fake(scenario('three'))
  const app = new App(backend)
  await app.open()
  await app.startSetup()
  const setup = new Setup(app)
  await setup.file.choose('L1')
  setup.written = ['/home/ada/.env']
  const release = world.hold('counts')
  const ending = setup.finish()
  await vi.waitFor(() => expect(app.screen).toBe('main'))
  app.selection.choose('L2', 1)
  release()
  await ending
  expect(app.selection.only).toBe('L2')
})
