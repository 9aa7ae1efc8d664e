/** Actions on the selected of made-up licenses. */
import type { Backend } from '../backend'
import type { DeletionView, RowView, TableRequest, WriteAllRequest, WritingView } from '../generated'
import { refusal, type World } from './world'

export function fakeSelection(world: World) {
  const { scene } = world
  const planned = ({ licenses, folder, format }: WriteAllRequest) => {
    if (folder.startsWith('/nowhere')) throw refusal('file-folder-missing', { folder })
    const rows = licenses.map((id) => world.row(id))
    const isLeftOut = ({ product }: RowView) => product === 'aica' && format === 'jwt'
    return {
      files: rows
        .filter((row) => !isLeftOut(row))
        .map(({ id, label }) => ({
          id,
          label,
          shown: `${folder}/${label}.${format ?? 'env'}`,
          exists: (world.files.get(id)?.length ?? 0) > 0,
        })),
      formats: ['env', 'jwt'],
      leftOut: rows.filter(isLeftOut).map(({ id, label }) => ({ id, label, reason: 'no-file' as const })),
    }
  }
  return {
    async deletePlan(licenses: string[]) {
      const rows = licenses.map((id) => world.row(id))
      const imported = rows.filter(({ product }) => product === 'aica')
      const others = rows.filter(({ product }) => product !== 'aica')
      const names = [...new Set(others.map(({ account }) => account))]
      return {
        count: rows.length,
        accounts: names.map((account) => ({
          account,
          count: others.filter((one) => one.account === account).length,
        })),
        imported: imported.length,
        files: rows.filter(({ files }) => files !== 'none').length,
        leftOut: [],
      }
    },
    async deleteAll(licenses: string[], typed: string) {
      if (typed !== String(licenses.length)) throw refusal('not-confirmed')
      const deleted: DeletionView[] = []
      for (const id of licenses) {
        const { label } = world.row(id)
        const error = scene.refuseToDelete.includes(id) ? refusal('vendor-rejected') : null
        if (error === null) scene.rows = scene.rows.filter((one) => one.id !== id)
        deleted.push({ id, label, outcome: error === null ? { kind: 'done' } : { kind: 'failed', error } })
        world.tell({ kind: 'selection-progress', done: deleted.length })
      }
      world.changed()
      return deleted
    },
    suggestedFolder: async () => '/home/ada/licenses',
    writePlan: async (request: WriteAllRequest) => planned(request),
    async writeAll(request: WriteAllRequest) {
      const written: WritingView[] = []
      for (const { id, label, shown } of planned(request).files) {
        const error = scene.refuseToWrite.includes(id) ? refusal('file-disk-full', { path: shown }) : null
        written.push({
          id,
          label,
          outcome: error === null ? { kind: 'done', shown } : { kind: 'failed', error },
        })
        world.tell({ kind: 'selection-progress', done: written.length })
      }
      return written
    },
    unfinishedWrite: async () => scene.unfinishedWrite,
    async forgetUnfinishedWrite() {
      scene.unfinishedWrite = null
    },
    stopSelection: async () => {},
    rows: async (licenses: string[]) => licenses.map((id) => world.row(id)),
    async exportTable({ licenses, path, replace }: TableRequest) {
      if (path.includes('exists') && !replace) throw refusal('file-exists', { path })
      return licenses?.length ?? scene.rows.length
    },
    unfinishedDelete: async () => scene.unfinishedDelete,
    async forgetUnfinishedDelete() {
      scene.unfinishedDelete = []
    },
  } satisfies Partial<Backend>
}
