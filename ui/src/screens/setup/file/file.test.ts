/** Which license the wizard's file is written from. */
import { screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { violations } from '../../../../tests/axe'
import { openSetup, ready } from '../wizard'

test('a license that is good is offered first, and an expired one only with a warning', async () => {
  const { press, type, user } = await openSetup()
  await press('setup-card-aidbox')
  await type('setup-field-token', 'a good one')
  await press('setup-next')
  await ready('setup-file-write')
  const choice = await screen.findByTestId<HTMLSelectElement>('setup-file-license')
  const options = [...choice.options].map(({ text }) => text)
  expect(options).toEqual([
    'first-box · never expires',
    'second-box · never expires',
    expect.stringMatching(/^expired-box · expired, ended \d+ days ago$/),
  ])
  expect(choice.selectedIndex).toBe(0)
  expect(screen.queryByTestId('export-unusable')).toBeNull()
  await user.selectOptions(choice, options[2] ?? '')
  expect((await screen.findByTestId('export-unusable')).textContent).toContain('This license has expired')
  expect(await violations()).toEqual([])
})

test.each([
  ['/srv/shared/.env', 'setup-file-open-to-others', 'Everybody'],
  ['/srv/team/.env', 'setup-file-others', 'group docker'],
])('a written file that others can open is pointed out: %s', async (path, testid, said) => {
  const { press, type } = await openSetup('three', {
    setup: {
      step: 'file',
      path: { kind: 'local' },
      fields: {},
      secretMissing: false,
      account: 1,
      license: 'L2',
      written: [],
    },
  })
  await ready('setup-file-write')
  await type('setup-file-path', path)
  await ready('setup-file-write')
  await press('setup-file-write')
  expect((await screen.findByTestId(testid)).textContent).toContain(said)
})

test('an instance whose token is not kept here is told the way, and offered nothing to write', async () => {
  const path = { kind: 'account', provider: 'dashboard' } as const
  await openSetup('instance', {
    setup: { step: 'file', path, fields: {}, secretMissing: false, account: 4, license: null, written: [] },
  })
  expect((await screen.findByTestId('setup-file-instance')).textContent).toContain('Apply token…')
  expect(screen.queryByTestId('setup-file-keep')).toBeNull()
  expect(screen.queryByTestId('setup-file-write')).toBeNull()
  expect(screen.queryByRole('alert')).toBeNull()
  await ready('setup-next')
})
