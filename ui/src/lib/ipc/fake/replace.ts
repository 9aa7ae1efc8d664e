/** Replacing a license, in memory: at once, or interrupted where the scenario fails `replace`. */
import type { Backend } from '../backend'
import { sameText } from '../../format/text'
import { refusal, type World } from './world'

export function fakeReplace(
  world: World,
  { create }: Pick<Backend, 'create'>,
): Pick<Backend, 'replace' | 'resumeReplace' | 'giveUpReplace'> {
  const { scene } = world
  const finish = (old: string, license: string) => {
    const all = world.files.get(old) ?? []
    // In memory, whoever changed a file put something else there.
    const files = all.filter(({ state }) => state !== 'drifted')
    const left = all.filter(({ state }) => state === 'drifted')
    world.files.set(license, files)
    world.files.delete(old)
    world.replaced(old)
    scene.rows = scene.rows.filter(({ id }) => id !== old)
    world.changed()
    return { new: license, files: files.map(({ path }) => path), left: left.map(({ path }) => path) }
  }
  return {
    async replace(old, request, typed) {
      if (!sameText(typed, world.row(old).label)) throw refusal('not-confirmed')
      if (world.replacing.has(old)) throw refusal('replacing', { label: world.row(old).label })
      const outcome = await create(request)
      const license = outcome.kind === 'done' ? outcome.license : null
      if (license === null) throw refusal('vendor-outcome-unknown')
      if (request.name === 'interrupted') {
        const at = new Date().toISOString()
        const { label } = world.row(old)
        const { name } = request
        world.replace({ old, label, running: false, new: license, name, step: 'files', at })
        world.changed()
        throw refusal('file-no-permission', { path: '/srv/box/.env' })
      }
      return finish(old, license)
    },
    async resumeReplace(old) {
      const license = world.replacing.get(old)?.new ?? null
      if (license === null) throw refusal('replacement-not-found')
      return finish(old, license)
    },
    async giveUpReplace(old) {
      if (!world.replaced(old)) throw refusal('replacement-not-found')
      world.changed()
    },
  }
}
