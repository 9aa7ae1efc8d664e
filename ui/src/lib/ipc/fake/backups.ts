/** Backups of license files, in memory. */
import type { Backend } from '../backend'
import type { BackupView } from '../generated'
import { git } from './run'
import { refusal, type World } from './world'

/** A backup of a license's file that contains the license's key. */
export function backupOf(world: World, license: string, change: Partial<BackupView> = {}): BackupView {
  const file = world.files.get(license)?.[0]?.path ?? '/home/ada/.env'
  const number = change.number ?? 0
  return {
    file,
    path: number === 0 ? `${file}.bak` : `${file}.bak.${number}`,
    number,
    made: '2026-11-20T15:45:09Z',
    size: 512,
    original: false,
    own: true,
    keys: [
      {
        masked: '••••••••••••w4Q',
        licenses: [{ license, label: world.row(license).label }],
        leaked: world.row(license).leaked,
      },
    ],
    problem: null,
    ...change,
  }
}

export function fakeBackups(world: World) {
  const of = (file: string) => world.backups.filter((one) => one.file === file)
  const find = (file: string, number: number) => {
    const found = of(file).find((one) => one.number === number)
    if (!found) throw refusal('backup-not-found', { file, number: String(number) })
    return found
  }
  const owners = ({ keys }: BackupView) =>
    keys.flatMap(({ licenses }) => licenses.map(({ license }) => license))
  const tracked = (file: string) => [...world.files.values()].flat().find(({ path }) => path === file)
  return {
    async backupsBeside(license: string) {
      const files = world.files.get(license) ?? []
      return files.flatMap(({ path }) => of(path))
    },
    async heldBackups(license: string | null) {
      if (license === null) return world.backups.filter(({ keys }) => keys.length > 0)
      return world.backups.filter((one) => owners(one).includes(license))
    },
    async heldBackupsOfAccount(account: number) {
      const licenses = world.scene.rows.filter(({ accountId }) => accountId === account).map(({ id }) => id)
      return world.backups.filter((one) => owners(one).some((owner) => licenses.includes(owner)))
    },
    async restorePlan(file: string, number: number) {
      find(file, number)
      const known = tracked(file)
      return { keepsPresent: true, keep: known?.keep ?? false, becomes: known ? ('drifted' as const) : null }
    },
    async restoreBackup(file: string, number: number, inPlace: boolean, typed: string) {
      if (!file.endsWith(`/${typed}`)) throw refusal('not-confirmed')
      const failure = world.onlyInPlace
      if (failure && !inPlace) throw failure
      const from = find(file, number)
      const next = Math.max(...of(file).map((one) => one.number)) + 1
      const backup = `${file}.bak.${next}`
      world.backups = [...world.backups, { ...from, number: next, path: backup, original: false }]
      const known = tracked(file)
      if (known) known.state = 'drifted'
      world.changed()
      return {
        backup,
        state: known ? ('drifted' as const) : null,
        keep: known?.keep ?? false,
        openToOthers: false,
      }
    },
    async removeBackups(file: string, numbers: number[], typed: string) {
      if (!file.endsWith(`/${typed}`)) throw refusal('not-confirmed')
      for (const number of numbers) {
        const found = find(file, number)
        if (!found.own) throw refusal('backup-of-another', { path: found.path })
      }
      world.backups = world.backups.filter((one) => one.file !== file || !numbers.includes(one.number))
      world.changed()
    },
    gitPlan: async (path: string, makesBackup: boolean) => ({
      file: git(path),
      backups: makesBackup ? git(path) : null,
    }),
  } satisfies Partial<Backend>
}
