/** The filters and values that the search field offers, by what is connected. */
import { m } from '$lib/messages'
import type { Accounts } from '$lib/state/accounts.svelte'
import { FILTERS, type Filter, type FilterValue } from '$lib/state/list/completion'

const TYPES = ['dev', 'prod', 'ci']
const HOSTINGS = ['self-hosted', 'sandbox', 'aws']
const STATUSES = [
  'expired',
  'expires-soon',
  'valid',
  'suspended',
  'banned',
  'leaked',
  'wrong-instance',
  'gone',
  'unknown',
]
const SPANS = ['7d', '14d', '30d', '90d']
/** Filters of what only licenses of some vendors have. */
const OF_KINDS: readonly Filter[] = ['type', 'hosting']

export const filtersFor = ({ hasKinds }: Accounts): Filter[] =>
  FILTERS.filter((filter) => hasKinds || !OF_KINDS.includes(filter))

/** The values of a filter; none where anything can be typed. */
export function valuesFor(filter: Filter, accounts: Accounts): FilterValue[] {
  const named = (values: readonly string[], name: (value: string) => string) =>
    values.map((value) => ({ value, title: name(value) }))
  switch (filter) {
    case 'type':
      return named(TYPES, m.words.tier)
    case 'hosting':
      return named(HOSTINGS, m.words.hosting)
    case 'status':
      return named(STATUSES, m.words.status)
    case 'vendor':
      return named(
        vendorsOf(accounts).map(({ provider }) => provider),
        m.words.vendorName,
      )
    case 'product':
      return productsOf(accounts).map(({ product, title }) => ({ value: product, title }))
    case 'account':
      return named(
        accounts.all.map(({ name }) => name),
        m.words.accountName,
      ).map(({ value, title }) => ({ value, title: title === value ? null : title }))
    case 'expires':
      return SPANS.map((value) => ({ value, title: null }))
    case 'entitlement':
    case 'expires-after':
    case 'expires-before':
      return []
  }
}

/** The connected vendors; every vendor where keys were imported, which may be of any. */
function vendorsOf({ all, connected, vendors }: Accounts) {
  if (connected.length < all.length) return vendors
  return vendors.filter(({ provider }) => connected.some((account) => account.provider === provider))
}

/** What those vendors license. */
function productsOf(accounts: Accounts) {
  const licensed = vendorsOf(accounts).map(({ product }) => product)
  return accounts.products.filter(({ product }) => licensed.includes(product))
}
