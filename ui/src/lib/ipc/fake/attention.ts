/** What needs attention of made-up licenses. */
import type { Backend } from '../backend'
import type { AccountView, AttentionItem, ProblemView, RowView } from '../generated'
import type { World } from './world'

export function fakeAttention(world: World) {
  const ofLicense = (row: RowView, problem: ProblemView): AttentionItem => ({
    license: row.id,
    account: row.accountId,
    label: row.label,
    problem,
  })
  const ofAccount = ({ id, name }: AccountView, problem: ProblemView): AttentionItem => ({
    license: null,
    account: id,
    label: name,
    problem,
  })

  function statusOf(row: RowView): ProblemView[] {
    const at = row.expiry?.kind === 'on' ? row.expiry.at : null
    if (row.leaked) return [{ kind: 'leaked' }]
    if (row.status === 'wrong-instance') return [{ kind: 'wrong-instance' }]
    if (row.status === 'expired') return [{ kind: 'expired', at }]
    return row.status === 'expires-soon' ? [{ kind: 'expires-soon', at }] : []
  }

  function stateOf({ state, unsettled }: AccountView): ProblemView[] {
    const open = unsettled.map<ProblemView>(({ verb, label }) => ({ kind: 'unsettled', verb, name: label }))
    if (state.kind === 'offline') return [...open, { kind: 'offline', error: state.error }]
    return state.kind === 'failed' ? [...open, { kind: 'refused', error: state.error }] : open
  }

  return {
    async attention() {
      const { rows, accounts } = world.scene
      const files = rows.flatMap((row) =>
        (world.files.get(row.id) ?? [])
          .filter(({ state }) => state !== 'up-to-date')
          .map((file) => ofLicense(row, { kind: 'file', file })),
      )
      const items = [
        ...rows.flatMap((row) => statusOf(row).map((problem) => ofLicense(row, problem))),
        ...files,
        ...accounts.flatMap((account) => stateOf(account).map((problem) => ofAccount(account, problem))),
      ]
      return { items, moreLicenses: 0 }
    },
  } satisfies Partial<Backend>
}
