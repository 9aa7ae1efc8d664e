import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import type { Backend } from '../../lib/ipc'
import type { ActivityView } from '../../lib/ipc/generated'
import { ActivityLog } from './activity.svelte'

async function opened(name = 'three', change = {}) {
  const window = await openWindow(name, change)
  await window.user.click(screen.getByTestId('open-activity'))
  await screen.findByTestId('activity')
  return window
}

describe('the activity page', () => {
  test('says what was done, with what and when', async () => {
    await opened()
    const list = await screen.findByTestId('activity-list')
    expect(list.textContent).toContain('File written')
    expect(list.textContent).toContain('checkout-dev')
    expect(list.querySelector('time')?.getAttribute('datetime')).toMatch(/^\d{4}-/)
  })

  test('shows a day again where the clock was set back in between', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-21T00:22:00Z') })
    onTestFinished(() => void vi.useRealTimers())
    await opened()
    const days = within(await screen.findByTestId('activity-list')).getAllByRole('heading')
    const named = days.map(({ textContent }) => textContent)
    expect(new Set(named).size).toBeLessThan(named.length)
  })

  test('goes to a license', async () => {
    const { user } = await opened()
    const [first] = await screen.findAllByTitle('Open checkout-dev')
    if (first) await user.click(first)
    await waitFor(() => expect(screen.getByTestId('detail-name').textContent).toContain('checkout-dev'))
  })

  test('shows one kind alone, and the way back from none', async () => {
    const { user } = await opened()
    await user.click(await screen.findByTestId('activity-filter-files'))
    const verbs = screen.getAllByTestId('activity-row').map(({ dataset }) => dataset.verb)
    expect(new Set(verbs)).toEqual(new Set(['exported']))
    await user.click(screen.getByTestId('activity-filter-troubled'))
    expect(screen.queryAllByTestId('activity-row')).toHaveLength(0)
    await user.click(screen.getByRole('button', { name: 'Show everything' }))
    expect(screen.getAllByTestId('activity-row').length).toBeGreaterThan(2)
  })

  test('fetches older entries when asked', async () => {
    const { user } = await opened('many')
    await waitFor(() => expect(screen.getAllByTestId('activity-row')).toHaveLength(100))
    await user.click(screen.getByTestId('activity-older'))
    await waitFor(() => expect(screen.getAllByTestId('activity-row')).toHaveLength(200))
  })

  test('is empty at first, and says what will be there', async () => {
    await opened('empty')
    await screen.findByTestId('activity-empty')
  })

  test('that cannot be loaded can be tried again', async () => {
    const fail = { activity: { code: 'library-busy', args: {}, detail: null } }
    const { user, world } = await opened('three', { fail })
    await screen.findByText(/Another program is using the library/)
    delete world.scene.fail.activity
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByTestId('activity-list')
  })

  test('has nothing that axe finds wrong', async () => {
    await opened()
    await screen.findByTestId('activity-list')
    expect(await violations()).toEqual([])
  })
})

describe('the log', () => {
  const entry = (id: number): ActivityView => ({
    id,
    at: '2026-11-02T10:00:00Z',
    verb: 'copied',
    account: null,
    license: null,
    label: null,
    outcome: 'done',
    detail: null,
    report: null,
  })

  /** A library with entries 1 to `newest`. */
  function logOf(library: { newest: number }): ActivityLog {
    const activity = async (before: number | null, limit: number) => {
      const top = before === null ? library.newest : before - 1
      return Array.from({ length: Math.min(limit, top) }, (_, at) => entry(top - at))
    }
    return new ActivityLog({ activity } as unknown as Backend)
  }

  test('keeps older pages while new entries come', async () => {
    const library = { newest: 250 }
    const log = logOf(library)
    await log.again()
    await log.older()
    library.newest = 253
    await log.again()
    expect(log.entries.map(({ id }) => id)).toEqual(Array.from({ length: 203 }, (_, at) => 253 - at))
  })

  test('leaves no gap where more came than a page holds', async () => {
    const library = { newest: 50 }
    const log = logOf(library)
    await log.again()
    expect(log.complete).toBe(true)
    library.newest = 400
    await log.again()
    expect(log.entries.at(-1)?.id).toBe(301)
    expect(log.complete).toBe(false)
  })
})
