/** Replacing a license: the form, what was interrupted, and what is given up. */
import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)
const state = (step: string) => screen.getByTestId(`replace-step-${step}`).dataset.state

async function openReplace(license = 'L1') {
  const window = await openWindow()
  await window.select(license)
  await window.user.click(screen.getByTestId('detail-menu'))
  await window.user.click(screen.getByTestId('replace-open'))
  await screen.findByTestId('create-type-dev')
  return window
}

async function interrupted() {
  const window = await openReplace()
  await window.user.type(screen.getByTestId('create-name'), 'interrupted')
  await window.user.type(screen.getByTestId('replace-typed'), 'checkout-dev')
  await window.user.click(button('replace-confirm'))
  expect((await screen.findByTestId('replace-error')).textContent).toContain('/srv/box/.env')
  return window
}

describe('replacing a license', () => {
  test('asks for the old one’s name, and selects the new one', async () => {
    const { user, calls } = await openReplace()
    expect(screen.getByTestId('replace-dialog').textContent).toContain('projects/checkout-dev/.env')
    await user.type(screen.getByTestId('create-name'), 'checkout-2')
    expect(button('replace-confirm').disabled).toBe(true)
    await user.type(screen.getByTestId('replace-typed'), 'checkout-dev')
    await user.click(button('replace-confirm'))
    expect((await screen.findByTestId('replace-done')).textContent).toContain('checkout-2')
    expect(['create', 'files', 'check', 'delete'].map(state)).toEqual(['done', 'done', 'done', 'done'])
    const [, license, request, typed] = calls('replace')[0] ?? []
    expect([license, typed]).toEqual(['L1', 'checkout-dev'])
    expect(request).toMatchObject({ name: 'checkout-2', allowSameName: false })
    await user.click(button('replace-close'))
    expect(screen.getByTestId('detail-name').textContent).toBe('checkout-2')
  })

  test('the old one’s name may be kept', async () => {
    const { user, calls } = await openReplace()
    await user.type(screen.getByTestId('create-name'), 'checkout-dev')
    await user.type(screen.getByTestId('replace-typed'), 'checkout-dev')
    expect(screen.queryByTestId('create-same-name')).toBeNull()
    await user.click(button('replace-confirm'))
    await waitFor(() => expect(calls('replace')).toHaveLength(1))
    expect(calls('replace')[0]?.[2]).toMatchObject({ name: 'checkout-dev', allowSameName: true })
  })

  test('names the files that were left alone', async () => {
    const { user } = await openReplace('L2')
    await user.type(screen.getByTestId('create-name'), 'clinic-2')
    await user.type(screen.getByTestId('replace-typed'), 'clinic-production')
    await user.click(button('replace-confirm'))
    await screen.findByTestId('replace-done')
    expect(screen.getByTestId('replace-left').textContent).toContain('clinic-production')
  })

  test('shows how far it came where it was interrupted, and goes on', async () => {
    const { user, calls } = await interrupted()
    await waitFor(() => expect(state('files')).toBe('now'))
    expect([state('create'), state('delete')]).toEqual(['done', 'next'])
    await user.click(button('replace-go-on'))
    await screen.findByTestId('replace-done')
    expect(calls('resumeReplace')).toEqual([['resumeReplace', 'L1']])
  })

  test('is taken up again from the license’s own details', async () => {
    const { user } = await interrupted()
    await screen.findByTestId('replace-go-on')
    await user.keyboard('{Escape}')
    expect((await screen.findByTestId('replace-under-way')).textContent).toContain('interrupted')
    expect(screen.getByTestId('replacing-L1').textContent).toContain('“checkout-dev” was interrupted')
    await user.click(button('replacing-open-L1'))
    await screen.findByTestId('replace-go-on')
    await user.keyboard('{Escape}')
    await user.click(button('replace-resume'))
    await user.click(await screen.findByTestId('replace-give-up'))
    await waitFor(() => expect(screen.queryByTestId('replace-under-way')).toBeNull())
    expect(screen.getByTestId('row-L1')).toBeDefined()
  })
})
