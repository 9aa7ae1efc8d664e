/** Where the wizard goes on after the window was closed, and names that are free. */
import type { AccountView, SetupDraft, SetupStep } from '../ipc/generated'
import { LOCAL } from './setup-login.svelte'

/** A step that can be gone on with: a login that was tested is forgotten with the program that tested it. */
export function stepToResume(draft: SetupDraft, filesWait: boolean): SetupStep {
  const { step, path, account, license, secretMissing } = draft
  if (path === null && step !== 'done') return 'where'
  if (step === 'keep' && path?.kind !== 'local' && account === null) return 'connect'
  const brought = path?.kind === 'key' && license !== null && !secretMissing && !filesWait
  return step === 'connect' && brought ? 'file' : step
}

/** The local portal's account where the window was closed after it was made and before that was written down. */
export function madeBefore({ path, fields }: SetupDraft, accounts: readonly AccountView[]): number | null {
  if (path?.kind !== 'local') return null
  return accounts.find(({ address, name }) => address === LOCAL && name === fields.name)?.id ?? null
}

/** The wished name, or with a number behind it. */
export function freeName(wished: string, accounts: readonly AccountView[]): string {
  const taken = new Set(accounts.map(({ name }) => name.toLowerCase()))
  let name = wished
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wished} ${number}`
  return name
}
