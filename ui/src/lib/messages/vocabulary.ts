/** What vendors call their own things. The program tells it when the page opens, so that no text here names a vendor. */
import type { ImportView, ProductView, VariableView, VendorView } from '../ipc/generated'

let vendors: readonly VendorView[] = []
let products: readonly ProductView[] = []

/** Takes over what the program tells. */
export function learn(told: { vendors: readonly VendorView[]; products: readonly ProductView[] }): void {
  vendors = told.vendors
  products = told.products
}

/** What people call a product; one that no vendor knows is called by its word. */
export const productTitle = (word: string) => products.find(({ product }) => product === word)?.title ?? word

/** What people call a vendor: like what it issues licenses for. */
export const vendorTitle = (word: string) =>
  productTitle(vendors.find(({ provider }) => provider === word)?.product ?? word)

/** Why a vendor may refuse a login, and what to do, where the vendor has words for that. */
export const refusedHint = (word: string | undefined) =>
  vendors.find(({ provider }) => provider === word)?.refusedHint ?? null

/** The variable of an env file of this format; null where it is another file. */
export const variableOf = (format: string): VariableView | null =>
  products.flatMap(({ variables }) => variables).find((one) => one.format === format) ?? null

/** What is said of keys that can be imported, with the product that they are of. */
export const imports = (): { product: string; words: ImportView }[] =>
  products.flatMap(({ title, import: words }) => (words === null ? [] : [{ product: title, words }]))
