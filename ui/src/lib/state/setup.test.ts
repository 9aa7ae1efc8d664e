import { describe, expect, test } from 'vitest'
import { missingChars, strengthOf } from './passphrase'
import { usualChoices } from './setup-file.svelte'
import { plainAddress } from './setup-login.svelte'
import { choices } from '../ipc/fake/vendors'

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
