/** What of the wizard is remembered, where it goes on after the window was closed, and names that are free. */
import type { AccountView, SetupDraft, SetupStep } from '$lib/ipc/generated'
import { LOCAL } from '$lib/state/login/login.svelte'
import type { Setup } from './setup.svelte'

/** What may be remembered: nothing in it is a secret. */
export function draftOf(setup: Setup): SetupDraft {
  const { step, path, account, written, keys, next } = setup
  const fields: Record<string, string> = { ...keys.plain() }
  if (path?.kind === 'account') Object.assign(fields, setup.login.plain())
  if (path?.kind === 'local') fields.name = setup.localName
  if (next) Object.assign(fields, { command: next.command, running: next.running ?? '' })
  const license = setup.key.license ?? setup.file.license ?? keys.licenses[0] ?? null
  return { step, path, fields, secretMissing: holdsSecret(setup), account, license, written }
}

/** Whether a secret that was typed would be missing after a restart. */
function holdsSecret({ path, account, login, keys, key, secretMissing }: Setup): boolean {
  const typed = path?.kind === 'account' ? account === null && login.hasSecret : keys.hasSecret || key.waits
  return typed || secretMissing
}

/** What to run next, where a file was written before the window was closed. */
export function nextOf({ fields: { command, running } }: SetupDraft): Setup['next'] {
  if (!command) return null
  return { command, running: running === 'restart' || running === 'recreate' ? running : null }
}

/** A step that can be gone on with: a login that was tested is forgotten with the program that tested it. */
export function stepToResume(draft: SetupDraft, filesWait: boolean): SetupStep {
  const { step, path, account, license, secretMissing } = draft
  if (path === null && step !== 'done') return 'where'
  // What was pasted there is not remembered.
  if (step === 'where' && path?.kind === 'account' && account === null) return 'connect'
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
