/** Where a license is renewed: an imported key by another key, an instance by a token, others at their vendor. */
import { m } from '$lib/messages'
import type { App } from '../app.svelte'
import { LOCAL } from '../login/login.svelte'

/** A button that settles something. */
export interface Settling {
  label: string
  run: () => void
}

interface Renewed {
  license: string | null
  account: number | null
  label: string
}

/** What renews a license; null where nothing here does. */
export function renewal(app: App, { license, account: id, label }: Renewed): Settling | null {
  const account = app.accounts.find(id)
  if (account?.provider === 'files') return successor(app, license, label)
  if (account?.facets.includes('instance-token')) return applyToken(app, account.id)
  return vendorPage(app, id)
}

/** The key that takes the place of an imported one. */
export const successor = (app: App, license: string | null, label: string): Settling | null =>
  license === null
    ? null
    : { label: m.attention.enterKey, run: () => app.dialogs.show({ kind: 'successor', license, label }) }

/** Another token for an instance. */
export const applyToken = (app: App, account: number | null): Settling | null =>
  account === null
    ? null
    : { label: m.attention.applyToken, run: () => app.dialogs.show({ kind: 'apply-token', account }) }

/** The page of an account's vendor; a local portal has its own. */
export function vendorPage(app: App, id: number | null): Settling | null {
  const account = app.accounts.find(id)
  if (account?.address === LOCAL) {
    return { label: m.list.openPortal, run: () => void app.attempt(() => app.backend.openPortal()) }
  }
  const vendor = app.accounts.vendorOf(account)
  const page = vendor?.createPage ?? null
  if (vendor === undefined || page === null) return null
  return {
    label: m.attention.renewAt(vendor.title),
    run: () => void app.attempt(() => app.backend.openPage(page)),
  }
}
