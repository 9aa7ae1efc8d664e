/** What every step of the wizard has. */
import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { at, field, heading, openSetup, ready } from './wizard'

describe('every step', () => {
  test('is entered at its heading, or at the field to fill in', async () => {
    const { press } = await openSetup()
    await press('setup-card-local')
    await at('connect')
    await waitFor(() => expect(document.activeElement).toBe(heading()))
    await press('setup-back')
    await at('where')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('setup-paste')))
  })

  test('shows where it is in the list of steps', async () => {
    const { press } = await openSetup()
    const steps = () =>
      within(screen.getByRole('navigation'))
        .getAllByRole('listitem')
        .map((step) => step.dataset.testid)
    const listed = (...names: string[]) => names.map((name) => `setup-list-${name}`)
    expect(steps()).toEqual(listed('where', 'done'))
    await press('setup-card-dashboard')
    expect(steps()).toEqual(listed('where', 'connect', 'done'))
    await press('setup-back')
    await press('setup-card-aidbox')
    expect(steps()).toEqual(listed('where', 'connect', 'file', 'done'))
    expect(screen.getByTestId('setup-list-connect').getAttribute('aria-current')).toBe('step')
    expect(screen.getByTestId('setup-list-where').textContent).toContain('done')
  })

  test('Back keeps what was typed', async () => {
    const { press, type } = await openSetup()
    await press('setup-card-aidbox')
    await type('setup-field-token', 'half of a tok')
    await press('setup-back')
    await press('setup-card-aidbox')
    expect(field('setup-field-token').value).toBe('half of a tok')
  })

  test('Back after connecting does not connect twice', async () => {
    const { press, calls } = await openSetup()
    await press('setup-card-local')
    await press('setup-next')
    await at('file')
    await press('setup-back')
    await screen.findByTestId('setup-connected')
    await press('setup-next')
    await at('file')
    expect(calls('connectLocal')).toHaveLength(1)
  })

  test('the file can be skipped', async () => {
    const { press, calls } = await openSetup()
    await press('setup-found-file-0')
    await ready('setup-next')
    await press('setup-next')
    await press('setup-skip')
    await at('done')
    expect(screen.getByTestId('setup-summary').textContent).toContain('No license file yet')
    expect(calls('writeExport')).toHaveLength(0)
  })

  test('can be left, and the list is there', async () => {
    const { press, calls } = await openSetup()
    await press('setup-leave')
    await waitFor(() => expect(screen.queryByTestId('setup')).toBeNull())
    expect(calls('finishSetup')).toHaveLength(1)
  })

  test('has nothing that axe finds wrong', async () => {
    const { press } = await openSetup()
    expect(await violations()).toEqual([])
    await press('setup-card-aidbox')
    expect(await violations()).toEqual([])
    await press('setup-back')
    await press('setup-found-file-0')
    await ready('setup-next')
    expect(await violations()).toEqual([])
    await press('setup-next')
    await ready('setup-file-write')
    expect(await violations()).toEqual([])
    await press('setup-skip')
    await at('done')
    expect(await violations()).toEqual([])
  })
})
