/** Writing license files, in memory. */
import type { Backend } from '../backend'
import type { ExportRequest, FilesBadge, FileStateView, FileView, PickupView } from '../generated'
import { refusal, type World } from './world'

const TEXTS: Record<string, (masked: string) => string> = {
  'launcher-toml': (masked) => `License = "${masked}"\n`,
  env: (masked) => `# read by docker compose\nPORT=8080\nBOX_LICENSE=${masked}\n`,
  jwt: (masked) => `${masked}\n`,
  certificate: (masked) => `-----BEGIN LICENSE FILE-----\n${masked}\n-----END LICENSE FILE-----\n`,
  'env-aidbox-license': (masked) => `AIDBOX_LICENSE=${masked}\n`,
  'k8s-secret': (masked) =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: aidbox-license\ntype: Opaque\ndata:\n  BOX_LICENSE: ${masked}\n`,
}
const NAMES: Record<string, string> = {
  'launcher-toml': '.aica-license.toml',
  env: '.env',
  jwt: 'license.jwt',
  'k8s-secret': 'aidbox-license.yaml',
  certificate: 'license.lic',
  'env-aidbox-license': '.env',
}

const PICKUP: Record<string, PickupView> = {
  'launcher-toml': 'restart',
  env: 'recreate',
  jwt: 'recreate',
  'env-aidbox-license': 'recreate',
}

const commandFor = ({ format, path }: ExportRequest) =>
  format === 'launcher-toml'
    ? `docker run -v ${path}:/license:ro IMAGE`
    : `docker compose --env-file ${path} up`

/** The list looks at the bytes alone. */
const badge = (state: FileStateView): FilesBadge => (state === 'outdated' ? 'up-to-date' : state)

export function fakeExport(world: World) {
  const known = (path: string) => [...world.files.values()].flat().find((file) => file.path === path)
  const owner = (file: number) => {
    for (const [license, files] of world.files) if (files.some(({ id }) => id === file)) return license
    throw refusal('file-missing')
  }
  const change = (id: number, part: Partial<FileView>): FileView => {
    const license = owner(id)
    const files = (world.files.get(license) ?? []).map((file) =>
      file.id === id ? { ...file, ...part } : file,
    )
    world.files.set(license, files)
    world.row(license).files = files[0] ? badge(files[0].state) : 'none'
    const changed = files.find((file) => file.id === id)
    if (!changed) throw refusal('file-missing')
    return changed
  }
  const problem = ({ path }: ExportRequest) => {
    if (path.startsWith('/nowhere')) return refusal('file-folder-missing', { path, folder: '/nowhere' })
    if (path.startsWith('/etc'))
      return refusal('file-no-permission', { path }, 'Permission denied (os error 13)')
    return null
  }
  const replaced = ({ license, path }: ExportRequest) => {
    for (const [other, files] of world.files) {
      if (other !== license && files.some((file) => file.path === path)) return world.row(other).label
    }
    return null
  }
  /** The made-up instance has a token from elsewhere. */
  const outdated = ({ license }: ExportRequest) => world.row(license).product === 'dashboard'
  /** The dashboard's image runs as a user of its own. */
  const reader = (request: ExportRequest, canRead: boolean) =>
    world.row(request.license).product === 'dashboard' ? { user: 472, group: 0, canRead } : null
  const whoElse = ({ path }: ExportRequest) => ({
    owner: null,
    users: [],
    groups: path.startsWith('/srv/team') ? ['docker'] : [],
    canChange: path.endsWith('/writable.env'),
    everybodyCanChange: path.endsWith('/writable.env'),
  })
  const released = new Map<number, [license: string, file: FileView]>()
  return {
    async watchAgain(id: number) {
      const [license, file] = released.get(id) ?? []
      if (license === undefined || file === undefined) throw refusal('file-missing')
      released.delete(id)
      world.files.set(license, [...(world.files.get(license) ?? []), file])
      world.row(license).files = badge(file.state)
      world.changed()
    },
    async everyFile() {
      const order: FileStateView[] = ['interrupted', 'missing', 'drifted', 'outdated', 'up-to-date']
      const all = [...world.files].flatMap(([license, files]) => {
        const { label, accountId, status } = world.row(license)
        return files.map((file) => ({
          file,
          license,
          label,
          account: accountId,
          gone: status === 'gone',
        }))
      })
      return all.toSorted((a, b) => order.indexOf(a.file.state) - order.indexOf(b.file.state))
    },
    suggestedPath: async (license: string, format: string) =>
      world.files.get(license)?.[0]?.path ?? `/home/ada/${NAMES[format] ?? 'license'}`,
    pickPath: async (suggested: string) => suggested.replace('/home/ada/', '/home/ada/picked/'),
    pickFiles: async () => ['/home/ada/Downloads/aica-license.toml'],
    async previewExport(request: ExportRequest) {
      const wrong = problem(request)
      const masked =
        world.row(request.license).product === 'aica'
          ? '••••••-••••••-••••••-••••••-•••0F2-V3'
          : '••••••••••••w4Q'
      const there = known(request.path) !== undefined
      return {
        text: wrong ? null : (TEXTS[request.format]?.(masked) ?? null),
        exists: there,
        backup: there,
        replaces: replaced(request),
        openToOthers: request.path.startsWith('/srv/shared'),
        others: whoElse(request),
        reader: reader(request, false),
        outdated: outdated(request),
        problem: wrong,
      }
    },
    async writeExport(request: ExportRequest) {
      const wrong = problem(request)
      if (wrong) throw wrong
      const before = known(request.path)
      const file: FileView = {
        id: before?.id ?? 9_000 + world.files.size,
        path: request.path,
        shown: request.path,
        format: request.format,
        state: outdated(request) ? 'outdated' : 'up-to-date',
        keep: request.keep,
        inPlace: request.inPlace,
        written: new Date().toISOString(),
        expires: null,
      }
      for (const [other, files] of world.files) {
        world.files.set(
          other,
          files.filter(({ path }) => path !== request.path),
        )
      }
      const others = (world.files.get(request.license) ?? []).filter(({ path }) => path !== request.path)
      world.files.set(request.license, [file, ...others])
      world.row(request.license).files = 'up-to-date'
      world.changed()
      return {
        file,
        backup: before ? `${request.path}.bak` : null,
        next: {
          command: commandFor(request),
          running: before === undefined ? null : (PICKUP[request.format] ?? null),
          snippets: [],
          reader: reader(request, request.readableBy === '472'),
        },
        openToOthers: request.path.startsWith('/srv/shared'),
        others: whoElse(request),
        confirmed: !request.path.startsWith('/mnt'),
        outdated: outdated(request),
      }
    },
    async repairFile(file: number) {
      const repaired = change(file, { state: 'up-to-date', written: new Date().toISOString() })
      world.row(owner(file)).files = 'up-to-date'
      world.changed()
      return repaired
    },
    keepFile: async (file: number, keep: boolean) => change(file, { keep }),
    async releaseFile(file: number) {
      const license = owner(file)
      released.set(file, [license, change(file, {})])
      world.files.set(
        license,
        (world.files.get(license) ?? []).filter(({ id }) => id !== file),
      )
      world.row(license).files = 'none'
      world.changed()
    },
  } satisfies Partial<Backend>
}
