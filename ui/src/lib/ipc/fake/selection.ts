/** Actions on the selected of made-up licenses. */
import type { Backend } from '../backend'
import type { DeletionView } from '../generated'
import { refusal, type World } from './world'

export function fakeSelection(world: World) {
  const { scene } = world
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
        world.tell({ kind: 'deleting', done: deleted.length })
      }
      world.changed()
      return deleted
    },
    stopDeleting: async () => {},
    unfinishedDelete: async () => scene.unfinishedDelete,
    async forgetUnfinishedDelete() {
      scene.unfinishedDelete = []
    },
  } satisfies Partial<Backend>
}
