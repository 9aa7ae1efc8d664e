/** Running an instance from a folder, and waiting beside the vendor's own page, in memory. */
import type { Backend } from '../backend'
import type { ExportPreview, GitSightView, RunPlanView } from '../generated'
import { row } from './licenses'
import { refusal, type World } from './world'

/** What git makes of a file, by a word in its folder's path. */
export function git(folder: string): GitSightView {
  const sights: GitSightView[] = ['tracked', 'ignored', 'unknown', 'would-be-committed']
  return sights.find((sight) => folder.includes(sight)) ?? 'not-in-git'
}

export function fakeRun(
  world: World,
  exporting: Pick<Backend, 'previewExport' | 'writeExport'>,
): Pick<Backend, 'pickFolder' | 'runPlan' | 'runHere' | 'finishOnVendorPage' | 'stopWatching'> {
  const request = (license: string, folder: string, keep = false) => ({
    license,
    format: 'env',
    path: `${folder}/.env`,
    inPlace: false,
    keep,
    mode: '',
    group: '',
    readableBy: '',
  })
  return {
    pickFolder: async () => '/home/ada/box',
    async runPlan(license: string, folder: string): Promise<RunPlanView> {
      const preview: ExportPreview = await exporting.previewExport(request(license, folder))
      return {
        path: `${folder}/.env`,
        preview,
        git: git(folder),
        gitOfBackup: preview.backup ? 'would-be-committed' : null,
        compose: folder.endsWith('/box') ? `${folder}/compose.yaml` : null,
      }
    },
    runHere: (license, folder, keep) => exporting.writeExport(request(license, folder, keep)),
    async finishOnVendorPage(account: number) {
      if (!world.scene.accounts.some(({ id }) => id === account)) throw refusal('account-not-found')
      return {
        page: 'https://aidbox.app/ui/portal',
        problem: null,
        steps: ['In the portal’s main navigation, click the project’s name.', 'Click Create.'],
        until: new Date(Date.now() + 15 * 60_000).toISOString(),
      }
    },
    stopWatching: async () => {},
  }
}

/** A license that somebody made on the vendor's page. */
export function arrives(world: World, account: number, name: string): void {
  const license = `L${world.scene.rows.length + 100}`
  world.scene.rows = [...world.scene.rows, row({ id: license, label: name, accountId: account })]
  world.tell({ kind: 'arrived', account, license, problem: null })
}
