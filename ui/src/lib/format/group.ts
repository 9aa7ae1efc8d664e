/** What a group of the list is called. */
import type { AccountView, GroupBy } from '../ipc/generated'
import { m } from '../messages'
import { monthName } from './dates'

/** The name of a group by its key. */
export function groupName(by: GroupBy, key: string, accounts: readonly AccountView[]): string {
  switch (by) {
    case 'vendor':
      return m.words.vendorName(key)
    case 'account':
      return m.words.accountName(accounts.find(({ id }) => String(id) === key)?.name ?? key)
    case 'type':
      return key === 'none' ? m.list.noType : m.words.tier(key)
    case 'expiry':
      return m.list.expiryGroups[key] ?? monthName(key)
  }
}
