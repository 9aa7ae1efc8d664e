/** Packages and certificates of made-up licenses. */
import type { Backend } from '../backend'
import type { CertificateView, CheckOutView, PackageView, TokenSource } from '../generated'
import { refusal, SYSTEM_KEY, type World } from './world'

const DAY = 86_400_000
const after = (ms: number) => new Date(Date.now() + ms).toISOString()

export const onePackage = (key: string, name: string): PackageView => ({
  id: `p-${key}`,
  key,
  name,
  engine: 'oci',
})

export const certificate = (part: Partial<CertificateView> = {}): CertificateView => ({
  verified: 'verified',
  encrypted: true,
  issued: after(0),
  expires: after(30 * DAY),
  expired: false,
  licenseExpires: after(200 * DAY),
  licenseNeverExpires: false,
  entitlements: [
    { code: 'motion-control', name: 'Motion control' },
    { code: 'vision', name: 'Vision' },
  ],
  ...part,
})

export function fakePackages(world: World) {
  const { scene } = world
  return {
    packages: async (license: string) => ({
      packages: scene.packages,
      registry: scene.registry && { ...scene.registry, hasFile: world.files.has(license) },
      asOf: new Date().toISOString(),
    }),
    releases: async (_license: string, of: string) =>
      [
        { version: '4.4.2', channel: 'stable', status: 'PUBLISHED' },
        { version: '4.5.0-rc.1', channel: 'rc', status: 'YANKED' },
      ].map((one) => ({ id: `${of}-${one.version}`, name: null, tag: null, created: null, ...one })),
    artifacts: async (_license: string, release: string) => [
      {
        id: `${release}-file`,
        filename: `${release}.tar.gz`,
        filetype: 'tar.gz',
        filesize: 18_874_368,
        platform: 'linux',
        arch: 'amd64',
        checksum: null,
      },
    ],
    async registryLogin() {
      return 'Login Succeeded'
    },
    async checkOut(license: string, terms: CheckOutView) {
      const ms = terms.ttlSeconds === null ? 30 * DAY : terms.ttlSeconds * 1000
      world.checkedOut.add(license)
      const { encrypted } = terms
      return certificate({
        encrypted,
        expires: after(ms),
        ...(terms.entitlements ? {} : { entitlements: null }),
      })
    },
    async importCertificate(source: TokenSource, licenseKey: string | null, issuerKey: string | null) {
      if (issuerKey !== null && !/^[0-9a-f]{64}$/i.test(issuerKey)) {
        throw refusal('public-key-invalid', { field: 'issuer-key' })
      }
      if (licenseKey === null) throw refusal('certificate-needs-key')
      if (!licenseKey.includes(SYSTEM_KEY)) throw refusal('certificate-other-license')
      world.changed()
      return {
        source: source.kind === 'file' ? source.path : '',
        license: 'L900',
        label: 'cell-07',
        known: false,
        error: null,
      }
    },
  } satisfies Partial<Backend>
}
