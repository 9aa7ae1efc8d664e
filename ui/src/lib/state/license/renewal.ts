/** How a license is renewed, or gets another key or token: what its account offers for that. */
import { m } from '../../messages'
import type { App } from '../app.svelte'
import { LOCAL } from '../login/login.svelte'

export interface RenewalAction {
  label: string
  run: () => void
}

/** The license that is renewed; an account's problem may have none. */
export interface Renewed {
  account: number | null
  license: string | null
  label: string
}

/** A license is renewed where it is from: an imported key by another key, an instance by a token, others at their vendor. */
export function renewal(app: App, renewed: Renewed): RenewalAction | null {
  const account = app.accounts.find(renewed.account)
  if (account?.provider === 'files') return successor(app, renewed)
  if (account?.facets.includes('instance-token')) return applyToken(app, account.id)
  return vendorPage(app, renewed)
}

/** Enters the key that replaces the present one. */
export const successor = (app: App, { license, label }: Renewed): RenewalAction | null =>
  license === null
    ? null
    : {
        label: m.attention.enterKey,
        run: () => app.dialogs.show({ kind: 'successor', license, label }),
      }

/** Opens the dialog that applies a token to an instance. */
export const applyToken = (app: App, account: number | null): RenewalAction | null =>
  account === null
    ? null
    : { label: m.attention.applyToken, run: () => app.dialogs.show({ kind: 'apply-token', account }) }

/** Opens the vendor's page. */
export function vendorPage(app: App, renewed: Renewed): RenewalAction | null {
  const account = app.accounts.find(renewed.account)
  const vendor = app.accounts.vendorOf(account)
  if (account?.address === LOCAL) {
    return { label: m.list.openPortal, run: () => void app.attempt(() => app.backend.openPortal()) }
  }
  const page = vendor?.createPage ?? null
  if (vendor === undefined || page === null) return null
  return {
    label: m.attention.renewAt(vendor.title),
    run: () => void app.attempt(() => app.backend.openPage(page)),
  }
}
