/** What the fields of a login are, and which of them an error is about. */
import type { ConnectFieldView, ErrorView, FieldKind, VendorView } from '../../ipc/generated'
import { m } from '../../messages'

/** Kinds that are handed on as secrets and never remembered. */
const SECRET: readonly FieldKind[] = ['secret', 'password', 'one-time-code']

/** Kinds that are asked for only once an answer, or the address, shows that they are needed. */
const ON_DEMAND: readonly FieldKind[] = ['one-time-code', 'confirm-host', 'allow-http']

/** The field that fixes an error, by code. */
const KIND_OF_CODE: Partial<Record<string, FieldKind>> = {
  'vendor-wrong-password': 'password',
  'vendor-refused-before': 'password',
  'vendor-otp-needed': 'one-time-code',
  'vendor-otp-wrong': 'one-time-code',
  'host-not-confirmed': 'confirm-host',
  'vendor-not-enterprise': 'url',
  'ca-not-a-certificate': 'ca-file',
  'public-key-invalid': 'public-key',
}

/** What the choice to send a login unencrypted is where it is made. */
export const ALLOWED = 'yes'

export const isSecret = (kind: FieldKind): boolean => SECRET.includes(kind)
export const isOnDemand = (kind: FieldKind): boolean => ON_DEMAND.includes(kind)

/** The fields of an account that can be changed without logging in again. */
export const editableOf = ({ fields }: VendorView): ConnectFieldView[] =>
  fields.filter(({ editable }) => editable)

/** Whether an error asks for a one-time code. */
export const asksForCode = ({ code }: ErrorView): boolean => KIND_OF_CODE[code] === 'one-time-code'

/** What is handed on of what was typed: a password to the letter, all else without white space at its ends. */
export const taken = (kind: FieldKind, typed: string | undefined): string =>
  kind === 'password' ? (typed ?? '') : (typed ?? '').trim()

/** The field of an account's name, where an error says that the vendor has none of that name. */
export function unknownAccount(vendor: VendorView, { code, args }: ErrorView): ConnectFieldView | null {
  const isUnknown = code === 'vendor-rejected' && args.status === '404'
  return (isUnknown && vendor.fields.find(({ name }) => name === 'vendor-account')) || null
}

/** What a user logs in by where it is not a name, for the words of a refusal. */
export function whoLogsIn({ fields }: VendorView): ErrorView['args'] {
  return fields.some(({ name }) => name === 'email') ? { who: m.setup.loginEmail } : {}
}

/** The field at which an error is told; null where it is about none of them, or about a choice, which is not typed into. */
export function fieldOf(vendor: VendorView, error: ErrorView): ConnectFieldView | null {
  const named = vendor.fields.find(({ name }) => name === error.args.field)
  if (named) return named.kind === 'allow-http' ? null : named
  const about = KIND_OF_CODE[error.code]
  return vendor.fields.find(({ kind }) => kind === about) ?? unknownAccount(vendor, error)
}

/** The host of an address outside the vendor's own domain; null where it is within, or where any host is as good. */
export function foreignHost(vendor: VendorView, address: string): string | null {
  if (vendor.ownDomain === null || !URL.canParse(address.trim())) return null
  const { hostname } = new URL(address.trim())
  const isOwn = hostname === vendor.ownDomain || hostname.endsWith(`.${vendor.ownDomain}`)
  return isOwn || hostname === '' ? null : hostname
}

/** The system that answers at an address, where its host tells: its own domain, or the address that it usually has. */
export function systemAt(vendors: readonly VendorView[], address: string): VendorView | null {
  const { hostname } = URL.canParse(address.trim()) ? new URL(address.trim()) : { hostname: '' }
  const usual = ({ fields }: VendorView) => fields.find(({ kind }) => kind === 'url')?.default ?? ''
  const isAtUsual = (vendor: VendorView) =>
    URL.canParse(usual(vendor)) && new URL(usual(vendor)).hostname === hostname
  const isOwn = (vendor: VendorView) => vendor.ownDomain !== null && foreignHost(vendor, address) === null
  if (hostname === '') return null
  return vendors.find((vendor) => isAtUsual(vendor) || isOwn(vendor)) ?? null
}

/** Whether a host was typed once more. */
export const isSameHost = (typed: string, host: string): boolean => bare(typed) === bare(host)

/** Whether what was typed is no beginning of a host either: it will not become the host by typing on. */
export const isOtherHost = (typed: string, host: string): boolean => !bare(host).startsWith(bare(typed))

const bare = (host: string) =>
  host
    .trim()
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
