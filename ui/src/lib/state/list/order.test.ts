import { beforeEach, expect, test } from 'vitest'
import { keepOrder, keptOrder } from './order'

beforeEach(() => localStorage.clear())

test('the list is ordered by expiry until a user orders it', () => {
  expect(keptOrder()).toEqual({ sort: 'expiry', descending: false })
  keepOrder({ sort: 'name', descending: true })
  expect(keptOrder()).toEqual({ sort: 'name', descending: true })
})

test.each([
  '',
  '{',
  'null',
  '{"sort":"colour","descending":true}',
  '{"sort":"name"}',
  '{"sort":null,"descending":false}',
])('what makes no sense is the usual order: %s', (kept) => {
  localStorage.setItem('licet.order', kept)
  expect(keptOrder()).toEqual({ sort: 'expiry', descending: false })
})
