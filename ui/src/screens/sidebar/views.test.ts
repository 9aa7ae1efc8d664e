import { screen } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

const views = () =>
  [...document.querySelectorAll('[data-testid^=view-]')].map((one) => one.getAttribute('data-testid'))
const headers = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent?.trim())

describe('views and columns', () => {
  test('of kinds are there for a vendor that has them', async () => {
    await openWindow()
    await screen.findByTestId('row-L1')
    expect(views()).toEqual(expect.arrayContaining(['view-development', 'view-production', 'view-sandbox']))
    expect(headers()).toEqual(expect.arrayContaining(['Type', 'Hosting']))
  })

  test('of kinds are not there where no connected vendor has them', async () => {
    await openWindow('session')
    await screen.findByTestId('row-L1')
    expect(views()).toEqual([
      'view-attention',
      'view-expiring-soon',
      'view-expired',
      'view-all',
      'view-files',
    ])
    expect(headers()).not.toContain('Type')
    expect(headers()).not.toContain('Hosting')
  })
})
