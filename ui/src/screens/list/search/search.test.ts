import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../../tests/window'

describe('search', () => {
  test('/ and Ctrl+F lead to it', async () => {
    const { user } = await openWindow()
    await user.keyboard('/')
    expect(document.activeElement).toBe(screen.getByTestId('search'))
    screen.getByTestId('list').focus()
    await user.keyboard('{Control>}f{/Control}')
    expect(document.activeElement).toBe(screen.getByTestId('search'))
  })

  test('shows filters as chips that can be removed', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'type:prod')
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    await user.click(await screen.findByRole('button', { name: 'Remove filter type: prod' }))
    expect(await screen.findByTestId('row-L1')).toBeTruthy()
    expect(screen.getByTestId<HTMLInputElement>('search').value).toBe('')
  })

  test('says that nothing matches, and the way back', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'zebra')
    const none = await screen.findByTestId('list-no-results')
    await user.click(within(none).getByRole('button', { name: 'Clear search' }))
    expect(await screen.findByTestId('row-L1')).toBeTruthy()
  })

  test('lets go of a selected license that it hides, and keeps one that it shows', async () => {
    const { user, select } = await openWindow()
    await select('L1')
    await user.type(screen.getByTestId('search'), 'zebra')
    await waitFor(() => expect(screen.queryByTestId('export-open')).toBeNull())
    expect(screen.queryByTestId('detail-name')).toBeNull()
    await user.clear(screen.getByTestId('search'))
    await select('L3')
    await user.type(screen.getByTestId('search'), '0F2')
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    expect(screen.getByTestId('detail-name').textContent).toBe('AICA license 0F2')
  })

  test.each(['{ArrowDown}', '{Enter}'])('%s leads to the first row that was found', async (key) => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), `0F2${key}`)
    await waitFor(() => {
      const list = screen.getByTestId('list')
      expect(document.activeElement).toBe(list)
      expect(screen.getAllByRole('row', { selected: true }).map(({ id }) => id)).toEqual(['row-L3'])
      expect(list.getAttribute('aria-activedescendant')).toBe('row-L3')
    })
  })

  test('leads back to the row that is selected', async () => {
    const { user, select } = await openWindow()
    await select('L2')
    await user.click(screen.getByTestId('search'))
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByTestId('list'))
    expect(screen.getAllByRole('row', { selected: true }).map(({ id }) => id)).toEqual(['row-L2'])
  })

  test('says which word is no filter', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'colour:red')
    expect(await screen.findByText(/“colour:red” cannot be read as a filter/)).toBeTruthy()
  })

  test('shows nothing for a filter that cannot be read', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'vendor:acme')
    const none = await screen.findByTestId('list-bad-filter')
    expect(screen.queryByTestId('row-L1')).toBeNull()
    expect(screen.getByText(/“vendor:acme” cannot be read as a filter/)).toBeTruthy()
    await user.clear(screen.getByTestId('search'))
    await user.type(screen.getByTestId('search'), 'status:')
    expect(screen.queryByText(/cannot be read as a filter/)).toBeNull()
    await user.click(within(none).getByRole('button', { name: 'Clear search' }))
    expect(await screen.findByTestId('row-L1')).toBeTruthy()
  })

  test('finds what contains both of two words', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'production clinic')
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    expect(screen.getByTestId('row-L2')).toBeTruthy()
  })
})

describe('completion', () => {
  const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent.trim())

  test('leads with arrow keys from a filter to its value', async () => {
    const { user } = await openWindow()
    const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Search licenses' })
    await user.type(field, 'ty')
    expect(options()).toEqual(['type:'])
    await user.keyboard('{ArrowDown}')
    const option = screen.getByRole('option', { selected: true })
    expect(field.getAttribute('aria-activedescendant')).toBe(option.id)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(options()).toEqual(['type:dev Dev', 'type:prod Prod', 'type:ci CI']))
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(await screen.findByTestId('row-L2')).toBeTruthy()
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
    expect(field.value).toBe('type:prod ')
    expect(await screen.findByRole('button', { name: 'Remove filter type: prod' })).toBeTruthy()
    expect(document.activeElement).toBe(field)
  })

  test('offers the vendors that there are, and is chosen by a click', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'vendor:a')
    expect(options()).toEqual(['vendor:aidbox Aidbox', 'vendor:aica AICA'])
    await user.click(screen.getByRole('option', { name: /vendor:aica/ }))
    expect(await screen.findByTestId('row-L3')).toBeTruthy()
    await waitFor(() => expect(screen.queryByTestId('row-L1')).toBeNull())
  })

  test('offers no vendor that is not connected', async () => {
    const { user } = await openWindow('empty-account')
    await user.type(screen.getByTestId('search'), 'vendor:a')
    expect(options()).toEqual(['vendor:aidbox Aidbox'])
  })

  test('is closed with Esc, which keeps the text', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByTestId('search'), 'status:exp')
    expect(options().length).toBeGreaterThan(0)
    await user.keyboard('{Escape}')
    expect(options()).toEqual([])
    expect(screen.getByTestId<HTMLInputElement>('search').value).toBe('status:exp')
  })

  test('asks for nothing that cannot be read before it is completed', async () => {
    const { user, calls } = await openWindow()
    await user.type(screen.getByTestId('search'), 'vendor:ai')
    await user.keyboard('{Enter}')
    expect(await screen.findByTestId('list-bad-filter')).toBeTruthy()
    const asked = calls('list').map(([, query]) => JSON.stringify(query))
    expect(asked.filter((query) => query.includes('vendor:'))).toHaveLength(1)
  })
})
