/** A vendor is data: the page draws one that nobody here foresaw, without a line of its own. */
import { screen } from '@testing-library/svelte'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { row } from '$lib/ipc/fake/licenses'
import { account } from '$lib/ipc/fake/scenarios'
import { VENDORS } from '$lib/ipc/fake/vendors'
import type { ConnectFieldView, ConnectRequest, VendorView } from '$lib/ipc/generated'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import { at, field, openSetup } from '../setup/wizard'

const needed = { optional: false, editable: false, placeholder: null, default: null }
const FIELDS: ConnectFieldView[] = [
  { name: 'url', kind: 'url', label: 'Gate', hint: 'Painted on the wall.', ...needed },
  { name: 'badge', kind: 'secret', label: 'Badge', hint: 'Ask the porter.', ...needed },
]

/** What crosses for the vendor of the use cases' tests. */
const ACME: VendorView = {
  provider: 'acme',
  title: 'Acme works',
  facets: ['seats'],
  summary: 'Licenses for the presses of the Acme works.',
  invitation: 'Licenses for the presses of the Acme works.',
  withKey: null,
  subject: null,
  refusedHint: null,
  fields: FIELDS,
  product: 'acme',
  firstSteps: [],
  creates: false,
  vendorPage: false,
  ownDomain: null,
  loginNote: null,
  entitledWithList: null,
  tokenPage: null,
  createPage: null,
  facts: [],
}
beforeAll(() => void VENDORS.push(ACME))
afterAll(() => void VENDORS.splice(VENDORS.indexOf(ACME), 1))

const works = account(7, {
  provider: 'acme',
  name: 'works',
  address: 'https://acme.example',
  facets: ['seats'],
})
const press = row({ id: 'A1', label: 'press', accountId: 7, account: 'works', product: 'acme', tier: null })

test('its card and its form are what its description says, and its login is kept under its own word', async () => {
  const { press: click, type, calls } = await openSetup()
  expect((await screen.findByTestId('setup-card-acme')).textContent).toContain(
    'the presses of the Acme works',
  )
  await click('setup-card-acme')
  const step = await at('connect')
  for (const { label, hint } of FIELDS) {
    expect(step.textContent).toContain(label)
    expect(step.textContent).toContain(hint)
  }
  expect(field('setup-field-badge').type).toBe('password')
  expect(await violations(step)).toEqual([])
  await type('setup-field-url', 'https://acme.example')
  await type('setup-field-badge', 'gold')
  await click('setup-next')
  await at('file')
  const sent: ConnectRequest = {
    provider: 'acme',
    fields: { url: 'https://acme.example' },
    secrets: { badge: 'gold' },
  }
  expect(calls('testAccount')).toEqual([['testAccount', sent]])
})

test('a login that it refuses is told', async () => {
  const { press: click, type } = await openSetup()
  await click('setup-card-acme')
  await type('setup-field-url', 'https://acme.example')
  await type('setup-field-badge', 'wrong')
  await click('setup-next')
  expect((await screen.findByTestId('setup-test-bad')).textContent).toContain('refused')
})

test('its licenses stand in the list and open like any other’s', async () => {
  const { select } = await openWindow('three', { accounts: [works], rows: [press] })
  expect((await screen.findByTestId('row-A1')).textContent).toContain('press')
  await select('A1')
  expect(screen.getByTestId('detail-name').textContent).toBe('press')
})

test('its machines stand beside a license by the word alone, and what it has not is not offered', async () => {
  const { select, user } = await openWindow('three', { accounts: [works], rows: [press] })
  await select('A1')
  expect((await screen.findByTestId('seat-m1')).textContent).toContain('cell-07')
  for (const testid of ['validate', 'packages', 'certificate-check-out', 'detail-instance']) {
    expect(screen.queryByTestId(testid)).toBeNull()
  }
  await user.click(screen.getByTestId('account-menu-7'))
  expect(screen.queryByTestId('sign-out-open-7')).toBeNull()
  expect(screen.queryByTestId('instance-open-7')).toBeNull()
})
