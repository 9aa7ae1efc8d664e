/** Logins by name and password: which fields are asked for, what is sent of them, and where a refusal is told. */
import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { ConnectRequest } from '$lib/ipc/generated'
import { violations } from '../../../../tests/axe'
import { at, field, openSetup } from '../wizard'

const OWN = 'https://licensing.aica.tech'

async function openAica(url = OWN) {
  const wizard = await openSetup()
  const { press, type, calls } = wizard
  await press('setup-card-aica')
  await type('setup-field-url', url)
  await type('setup-field-vendor-account', 'demo')
  await type('setup-field-email', 'ada@example.org')
  const sent = () => calls('testAccount').map(([, request]) => request as ConnectRequest)
  const test = async (password: string) => {
    await type('setup-field-password', password)
    await press('setup-next')
  }
  return { ...wizard, sent, test }
}

async function openDashboard() {
  const wizard = await openSetup()
  await wizard.press('setup-card-dashboard')
  await wizard.type('setup-field-url', 'https://dashboard.example/metrics')
  const sent = () => wizard.calls('testAccount').map(([, request]) => request as ConnectRequest)
  return { ...wizard, sent }
}

/** What is told at a field of what is wrong with it. */
async function problemAt(testid: string): Promise<string> {
  await waitFor(() => expect(field(testid).getAttribute('aria-invalid')).toBe('true'))
  return document.getElementById(field(testid).getAttribute('aria-describedby') ?? '')?.textContent ?? ''
}

describe('a login by e-mail and password', () => {
  test('masks the password, sends it to the letter, and leaves out what stayed empty', async () => {
    const { test, sent } = await openAica()
    expect(field('setup-field-password').type).toBe('password')
    await test('  two blanks at each end  ')
    await at('file')
    expect(screen.getByTestId('setup-opened').textContent).not.toContain('Project')
    expect(sent()).toEqual([
      {
        provider: 'aica',
        fields: { url: OWN, 'vendor-account': 'demo', email: 'ada@example.org' },
        secrets: { password: '  two blanks at each end  ' },
      },
    ])
  })

  test('says what is known of the API before anything is typed', async () => {
    await openAica()
    expect(screen.getByTestId('setup-login-note').textContent).toContain('does not document this API')
  })

  test('asks for a one-time code once the account wants one, and keeps the password meanwhile', async () => {
    const { test, type, sent, press } = await openAica()
    expect(screen.queryByTestId('setup-field-otp')).toBeNull()
    await test('coded')
    expect(await screen.findByTestId('setup-field-otp')).toBeTruthy()
    expect(await problemAt('setup-field-otp')).toContain('A one-time code is needed')
    expect(field('setup-field-otp').inputMode).toBe('numeric')
    expect(field('setup-field-otp').autocomplete).toBe('one-time-code')
    await type('setup-field-otp', '000000')
    await press('setup-next')
    await waitFor(async () => expect(await problemAt('setup-field-otp')).toContain('wrong or late'))
    expect(field('setup-field-otp').value).toBe('')
    await type('setup-field-otp', '123456')
    await press('setup-next')
    await at('file')
    expect(sent().map(({ secrets }) => secrets)).toEqual([
      { password: 'coded' },
      { password: 'coded', otp: '000000' },
      { password: 'coded', otp: '123456' },
    ])
  })

  test('asks another account for no code before that one wants it', async () => {
    const { test, type } = await openAica()
    await test('coded')
    await screen.findByTestId('setup-field-otp')
    await type('setup-field-email', 'grace@example.org')
    expect(screen.queryByTestId('setup-field-otp')).toBeNull()
  })

  test('tells a wrong password at its field', async () => {
    const { test } = await openAica()
    await test('wrong')
    expect(await problemAt('setup-field-password')).toContain('the e-mail or the password is wrong')
    expect(screen.queryByTestId('setup-test-bad')).toBeNull()
  })

  test('says which account the vendor does not have, at the account’s field', async () => {
    const { test, world } = await openAica()
    world.scene.fail.testAccount = { code: 'vendor-rejected', args: { status: '404' }, detail: null }
    await test('good')
    expect(await problemAt('setup-field-vendor-account')).toBe(
      'There is no account “demo” there. Check its name.',
    )
    expect(screen.queryByTestId('setup-test-bad')).toBeNull()
  })

  test('says after how many seconds another login is allowed', async () => {
    const { test } = await openAica()
    await test('often')
    expect((await screen.findByTestId('setup-test-bad')).textContent).toContain('Try again in 42 s.')
  })

  test('remembers text alone: no password, code, key or confirmed host', async () => {
    const { test, type, press, drafts, lastDraft } = await openAica('https://licensing.example')
    await type('setup-confirm-host', 'licensing.example')
    await press('setup-more')
    await type('setup-field-public-key', 'ab'.repeat(32))
    await test('coded')
    await type('setup-field-otp', '000000')
    await press('setup-back')
    await press('setup-card-aica')
    expect(lastDraft()).toMatchObject({
      secretMissing: true,
      fields: { url: 'https://licensing.example', 'vendor-account': 'demo', email: 'ada@example.org' },
    })
    const kept = JSON.stringify(drafts())
    for (const gone of ['coded', '000000', 'abab', 'confirm-host']) expect(kept).not.toContain(gone)
  })

  test('says after a restart that the password must be entered again', async () => {
    const path = { kind: 'account', provider: 'aica' } as const
    const rest = { account: null, license: null, written: [], secretMissing: true }
    await openSetup('setup', {
      setup: { step: 'connect', path, fields: { email: 'ada@example.org' }, ...rest },
    })
    expect((await screen.findByTestId('setup-retype')).textContent).toContain('The password was not saved')
    expect(field('setup-field-email').value).toBe('ada@example.org')
  })
})

describe('a host outside the vendor’s own domain', () => {
  test('is typed once more, or pasted, before anything is sent to it', async () => {
    const { type, paste, press, sent, user } = await openAica('https://licensing.example:8443/below')
    await type('setup-field-password', 'good')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(document.activeElement).toBe(field('setup-confirm-host')))
    expect(await problemAt('setup-confirm-host')).toContain('Type licensing.example to continue.')
    await type('setup-field-email', 'ada@example.org')
    const asked = screen.getByText(/^licensing.example is outside the vendor’s own domain./)
    expect(asked.textContent).toContain('If this is the right host, type it again. Licet asks only once.')
    await paste('setup-confirm-host', 'other.example')
    await user.keyboard('{Enter}')
    expect(sent()).toHaveLength(0)
    expect(await problemAt('setup-confirm-host')).toContain('This is not licensing.example')
    await type('setup-confirm-host', 'licensing')
    expect(field('setup-confirm-host').getAttribute('aria-invalid')).toBeNull()
    await type('setup-confirm-host', 'Licensing.Example')
    await press('setup-next')
    await waitFor(() => expect(sent()).toHaveLength(1))
    expect(sent()[0]?.fields['confirm-host']).toBe('Licensing.Example')
  })

  test('comes once its address was left, and goes by no letter that is typed there', async () => {
    const { press, type, user } = await openSetup()
    await press('setup-card-aica')
    await type('setup-field-url', 'https://licensing.example')
    expect(screen.queryByTestId('setup-confirm-host')).toBeNull()
    await user.tab()
    expect(document.activeElement).toBe(field('setup-field-vendor-account'))
    expect(screen.getByTestId('setup-confirm-host')).toBeTruthy()
    await user.click(field('setup-field-url'))
    await user.keyboard('/')
    expect(screen.getByTestId('setup-confirm-host')).toBeTruthy()
    await type('setup-field-url', OWN)
    await user.tab()
    expect(screen.queryByTestId('setup-confirm-host')).toBeNull()
  })

  test.each([OWN, 'https://aica.tech', 'not an address'])('is not asked for at %s', async (url) => {
    await openAica(url)
    expect(screen.queryByTestId('setup-confirm-host')).toBeNull()
  })

  test('is asked for where only its name ends like the vendor’s', async () => {
    await openAica('https://notaica.tech')
    expect(screen.getByTestId('setup-confirm-host')).toBeTruthy()
  })

  test('is asked for where the program says so, though the page did not see it', async () => {
    const fail = { testAccount: { code: 'host-not-confirmed', args: { host: '127.0.0.1' }, detail: null } }
    const { type, test, press, world, sent } = await openAica()
    world.scene.fail = fail
    await test('good')
    expect(await screen.findByTestId('setup-confirm-host')).toBeTruthy()
    expect(await problemAt('setup-confirm-host')).toContain('127.0.0.1 is outside the vendor’s own domain')
    world.scene.fail = {}
    await type('setup-confirm-host', '127.0.0.1')
    await press('setup-next')
    await at('file')
    expect(sent().at(-1)?.fields['confirm-host']).toBe('127.0.0.1')
  })
})

test('Enter moves to the first field that is missing, and says so', async () => {
  const { press, type, user, sent } = await openAica()
  await type('setup-field-email', ' ')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(field('setup-field-email')))
  expect(await problemAt('setup-field-email')).toBe('Fill in this field.')
  await type('setup-field-email', 'ada@example.org')
  expect(field('setup-field-email').getAttribute('aria-invalid')).toBeNull()
  await press('setup-next')
  await waitFor(() => expect(document.activeElement).toBe(field('setup-field-password')))
  expect(sent()).toHaveLength(0)
})

describe('a login to an instance', () => {
  test('begins with its usual user, and is kept under its own system', async () => {
    const { type, press, sent, world } = await openDashboard()
    expect(field('setup-field-user').value).toBe('admin')
    await type('setup-field-password', 'good')
    await press('setup-next')
    await at('done')
    expect(sent()[0]?.fields).toEqual({ url: 'https://dashboard.example/metrics', user: 'admin' })
    expect(world.scene.accounts.map(({ provider }) => provider)).toEqual(['dashboard'])
  })

  test('takes a private authority’s file under More, and says there where it is none', async () => {
    const { type, press, sent, calls } = await openDashboard()
    const more = screen.getByTestId('setup-more').closest('details')
    expect(more?.open).toBe(false)
    expect(within(more as HTMLElement).getByText(/as a PEM file/)).toBeTruthy()
    await type('setup-field-password', 'good')
    await press('setup-more')
    await press('setup-ca-file-pick')
    await waitFor(() => expect(calls('pickFiles')).toHaveLength(1))
    await waitFor(() => expect(field('setup-field-ca-file').value).not.toBe(''))
    await press('setup-next')
    expect(await problemAt('setup-field-ca-file')).toContain('no PEM certificate')
    expect(more?.open).toBe(true)
    await type('setup-field-ca-file', '/home/ada/our-ca.pem')
    await press('setup-next')
    await at('done')
    expect(sent().at(-1)?.fields['ca-file']).toBe('/home/ada/our-ca.pem')
  })
})

test('axe finds nothing wrong with the fields of either', async () => {
  const { press } = await openAica('https://licensing.example')
  await press('setup-more')
  expect(await violations()).toEqual([])
  await press('setup-back')
  await press('setup-card-dashboard')
  await press('setup-more')
  expect(await violations()).toEqual([])
})
