import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

test('a next step is a message to the vendor’s address: copied, or opened in the mail program', async () => {
  const { user, world, select, calls } = await openWindow()
  await select('L3')
  await user.click(screen.getByTestId('detail-menu'))
  await user.click(screen.getByTestId('step-production'))
  const dialog = await screen.findByTestId('step-dialog')
  expect(screen.getByTestId('step-mail').textContent).toBe('contact@aica.tech')
  expect(screen.getByTestId('step-body').textContent).toContain('“AICA license 0F2”')
  expect(await violations(dialog)).toEqual([])
  await user.click(screen.getByTestId('step-copy'))
  expect(world.clipboard.at(-1)).toMatch(/^To: contact@aica\.tech\nSubject: .*Deployment Key\n\nHello,/)
  await user.click(screen.getByTestId('step-open'))
  await waitFor(() => expect(screen.queryByTestId('step-dialog')).toBeNull())
  expect(calls('openStep')).toEqual([['openStep', 'L3', 'aica', 'production']])
})

test('whoever wants more than the license entitles to asks from beside what it entitles to', async () => {
  const { user, select, unfold } = await openWindow()
  await select('L3')
  await unfold('rules')
  await user.click(screen.getByTestId('entitlements-ask'))
  expect((await screen.findByTestId('step-body')).textContent).toContain('does not entitle me')
})

test('whoever looks for a package that the license does not give access to asks for it from there', async () => {
  const { user, select, unfold } = await openWindow('session')
  await select('L1')
  await unfold('packages')
  await user.type(await screen.findByTestId('packages-search'), 'welding')
  await user.click(await screen.findByTestId('packages-ask'))
  expect((await screen.findByTestId('step-body')).textContent).toContain('does not entitle me')
})
