/** What can be done to a written file, wherever it is shown. */
import Copy from '@lucide/svelte/icons/copy'
import EyeOff from '@lucide/svelte/icons/eye-off'
import FileDown from '@lucide/svelte/icons/file-down'
import History from '@lucide/svelte/icons/history'
import { fileName } from '../../format/text'
import type { FileStateView, FileView } from '../../ipc/generated'
import { m } from '../../messages'
import type { App } from '../app.svelte'
import type { MenuItem } from '../window/menu.svelte'
import { canBeWritten, CERTIFICATE } from './export.svelte'

/** A file with the license that it was written from. */
export interface OfLicense {
  file: FileView
  license: string
}

/** States that writing the file again settles. An outdated file is as it was written. */
export const isRepairable = (state: FileStateView): boolean =>
  state === 'drifted' || state === 'interrupted' || state === 'missing'

/** Writes a file again as it was. */
export const repairFile = (app: App, file: FileView): Promise<boolean> =>
  app.attempt(async () => {
    await app.detail.repair(file.id)
    app.toasts.say(m.detail.repaired(fileName(file.shown)), 'good')
  })

/** What replaces the content of an outdated file: a new certificate, or the instance's present token. */
export const renewFile = (app: App, { file, license }: OfLicense) => ({
  label: file.format === CERTIFICATE ? m.attention.newCertificate : m.attention.writeToken,
  run: () => void openWriting(app, license, file.format),
})

/** What repairing a file is called. */
export const repairLabel = ({ state }: FileView): string =>
  state === 'missing' ? m.detail.writeAgain : m.detail.repair

/** Opens the dialog that writes a file of a license. A token that Licet does not have is applied first. */
export async function openWriting(app: App, license: string, format?: string): Promise<void> {
  await app.attempt(() => app.select(license))
  const view = await app.detail.of(license)
  if (view === null) return
  if (view.facets.includes('instance-token') && !canBeWritten(view))
    app.dialogs.show({ kind: 'apply-token', account: view.row.accountId })
  else
    app.dialogs.show(
      format === undefined ? { kind: 'export', license: view } : { kind: 'export', license: view, format },
    )
}

async function keep(app: App, file: FileView, on: boolean): Promise<void> {
  await app.attempt(async () => {
    await app.detail.keep(file.id, on)
    app.toasts.done(on ? m.detail.keepOn : m.detail.keepOff, () => {
      void app.attempt(() => app.detail.keep(file.id, !on))
    })
  })
}

async function release(app: App, file: FileView): Promise<void> {
  await app.attempt(async () => {
    await app.detail.release(file.id)
    app.toasts.done(m.detail.released, () => void app.attempt(() => app.detail.watchAgain(file.id)))
  })
}

/** Opens the dialog with the backups of a file. */
export const showBackups = (app: App, { file, license }: OfLicense): void =>
  app.dialogs.show({ kind: 'backups', license, file })

/** The menu of a file. */
export function fileMenu(app: App, of: OfLicense): MenuItem[] {
  const { file, license } = of
  const kept: MenuItem = {
    label: m.detail.keep,
    checked: file.keep,
    testid: `file-keep-${file.id}`,
    run: () => void keep(app, file, !file.keep),
  }
  return [
    // A certificate is only ever replaced by a new one.
    ...(file.format === CERTIFICATE ? [] : [kept]),
    { label: m.detail.copyPath, icon: Copy, run: () => void app.copyText(file.path) },
    {
      label: m.backups.openOf(fileName(file.shown)),
      icon: History,
      testid: `file-backups-open-${file.id}`,
      run: () => showBackups(app, of),
    },
    { label: m.detail.writeAgainTo, icon: FileDown, run: () => void openWriting(app, license) },
    {
      label: m.detail.release,
      icon: EyeOff,
      testid: `file-release-${file.id}`,
      run: () => void release(app, file),
    },
  ]
}
