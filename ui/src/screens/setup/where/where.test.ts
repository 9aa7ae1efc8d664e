import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { at, heading, KEY, openSetup } from '../wizard'

describe('the first step', () => {
  test('what is typed gets its answer where the hint was', async () => {
    const { paste } = await openSetup()
    const hint = screen.getByText(/For example 5614D1/)
    expect(hint.classList).not.toContain('hidden-visually')
    await paste('setup-paste', KEY)
    await waitFor(() => expect(screen.getByTestId('setup-recognised').dataset.kind).toBe('key'))
    expect(hint.classList).toContain('hidden-visually')
  })

  test('a file can be picked without choosing a card first', async () => {
    const { press, calls } = await openSetup()
    await press('setup-pick-files')
    await at('connect')
    await waitFor(() => expect(calls('importPaths')).toHaveLength(1))
  })

  test('every system of the registry has a card, with words of its own', async () => {
    await openSetup()
    expect((await screen.findByTestId('setup-card-aica')).textContent).toContain(
      'Log in with e-mail and password',
    )
    expect(screen.getByTestId('setup-card-dashboard').textContent).toContain(
      'one Metrics Dashboard Enterprise instance',
    )
  })

  test('the arrow keys walk over the cards, and Enter chooses one', async () => {
    const { user } = await openSetup()
    const card = await screen.findByTestId('setup-card-aidbox')
    card.focus()
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByTestId('setup-card-key'))
    await user.keyboard('{Enter}')
    await at('connect')
    expect(heading().textContent).toBe('Add keys and files')
  })
})
