import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import { row } from '$lib/ipc/fake/licenses'
import type { Scenario } from '$lib/ipc/fake/scenarios'

async function opened(scene = 'three', change: Partial<Scenario> = {}) {
  const window = await openWindow(scene, change)
  await window.user.click(screen.getByTestId('view-attention'))
  await waitFor(() => expect(screen.getByTestId('attention-count').textContent).toContain('problem'))
  return window
}
const items = () => within(screen.getByTestId('attention')).getAllByRole('listitem')
const settle = (item: HTMLElement) => within(item).getAllByRole('button')[1] as HTMLElement

describe('what needs attention', () => {
  test('is counted in the left pane, first among the views', async () => {
    await openWindow()
    const entry = screen.getByTestId('view-attention')
    await waitFor(() => expect(entry.textContent?.replace(/\s+/g, ' ')).toContain('Needs attention 3'))
    expect(entry.compareDocumentPosition(screen.getByTestId('view-all'))).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    )
  })

  test('is one line a problem, and a license’s opens beside it', async () => {
    const { user } = await opened()
    expect(items().map((item) => item.dataset.testid)).toEqual([
      'attention-expires-soon',
      'attention-file',
      'attention-file',
    ])
    const [first] = items()
    expect(first?.textContent).toContain('Expires in 12 days')
    expect(await violations()).toEqual([])
    await user.click(within(first as HTMLElement).getAllByRole('button')[0] as HTMLElement)
    await waitFor(() => expect(screen.getByTestId('detail-name').textContent).toBe('clinic-production'))
    expect(screen.getByTestId('attention')).toBeTruthy()
  })

  test('a file is written again from there, and its line goes', async () => {
    const { user, calls } = await opened()
    await user.click(settle(items()[1] as HTMLElement))
    await waitFor(() => expect(calls('repairFile')).toHaveLength(1))
    await waitFor(() => expect(items()).toHaveLength(2))
  })

  test('an account that is offline is tried again, one that refuses the login gets another', async () => {
    const { user, calls } = await opened('offline')
    await user.click(settle(screen.getByTestId('attention-offline')))
    await waitFor(() => expect(calls('refresh')).toEqual([['refresh', 1]]))
  })

  test('a refused login leads to a new one', async () => {
    const { user } = await opened('failed')
    await user.click(settle(screen.getByTestId('attention-refused')))
    expect(await screen.findByTestId('renew-dialog')).toBeTruthy()
  })

  test('a leaked key is succeeded by another', async () => {
    const { user } = await opened('leaked')
    await user.click(settle(screen.getByTestId('attention-leaked')))
    expect(await screen.findByTestId('successor-text')).toBeTruthy()
  })

  test('an expired license is renewed at its vendor’s page', async () => {
    const expired = row({
      id: 'L9',
      label: 'old',
      status: 'expired',
      expiry: { kind: 'on', at: '2026-01-01T00:00:00Z', days: -40 },
    })
    const { user, calls } = await opened('three', { rows: [expired] })
    await user.click(settle(screen.getByTestId('attention-expired')))
    await waitFor(() => expect(calls('openPage')).toHaveLength(1))
  })

  test('nothing is said to be so', async () => {
    await opened('three', { rows: [row({ id: 'L1', label: 'fine' })] })
    expect((await screen.findByTestId('attention-none')).textContent).toContain('Nothing needs attention')
    expect(await violations()).toEqual([])
  })

  test('is reached and walked by keyboard', async () => {
    const { user } = await openWindow()
    await user.keyboard('{Control>}1{/Control}')
    await screen.findByTestId('attention-expires-soon')
    const [first, second] = items().map((item) => within(item).getAllByRole('button')[0])
    first?.focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(second)
    await user.keyboard('{Control>}2{/Control}')
    expect(await screen.findByTestId('list')).toBeTruthy()
  })
})
