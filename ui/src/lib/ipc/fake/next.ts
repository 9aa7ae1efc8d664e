/** A Core on this computer, and what to do next with made-up licenses. */
import type { Backend } from '../backend'
import type { CoreStateView, RowView, StepView } from '../generated'
import { refusal, SYSTEM_KEY, type World } from './world'

const SALES = 'contact@aica.tech'

const step = (id: string, mail: string, title: string, subject: string, body: string): StepView => ({
  id,
  mail,
  title,
  subject,
  body,
})

export const FIRST_STEPS: StepView[] = [
  step(
    'no-license',
    SALES,
    'Request a System License from the AICA sales team.',
    'Request for an AICA System License',
    'Hello,\n\nI would like to use the AICA System and need a System License.\n\nKind regards',
  ),
]

export const stepsOf = ({ label }: RowView): StepView[] => [
  step(
    'not-entitled',
    SALES,
    'Ask your AICA representative for further components. The page names no address of its own for that, so the message goes to the sales contact.',
    'Further components for an AICA license',
    `Hello,\n\nMy license “${label}” does not entitle me to a component that I would like to use:\n\n(which)\n\nKind regards`,
  ),
  step(
    'production',
    SALES,
    'Request a Deployment Key for production. AICA’s page names the sales contact for licenses; for Deployment Keys it names no address. The message goes to the same.',
    'Request for an AICA Deployment Key',
    `Hello,\n\nI have the license “${label}” and need a Deployment Key for a deployment in production.\n\nKind regards`,
  ),
  step(
    'renewal',
    SALES,
    'Request a renewal of the license. AICA’s page names the sales contact for licenses and no address for renewals, so the message goes to the sales contact.',
    'Renewal of an AICA license',
    `Hello,\n\nI would like to renew my license “${label}”.\n\nKind regards`,
  ),
  step(
    'leaked',
    'support@aica.tech',
    'Have AICA reset a license whose key somebody else has.',
    'License key to be reset',
    `Hello,\n\nAn unauthorized person may have gained access to the key of my license “${label}”. Please reset it.\n\nKind regards`,
  ),
]

export const ONLINE: CoreStateView = {
  kind: 'reported',
  online: true,
  packages: [
    { name: 'core', value: '4.4.2' },
    { name: 'motion-control', value: '2.1.0' },
  ],
  entitlements: ['motion-control', 'vision'],
}

export function fakeNext(world: World) {
  const { scene } = world
  return {
    core: async () => ({
      address: world.settings.coreAddress ?? 'http://localhost:8080/api',
      state: scene.core,
      at: new Date().toISOString(),
    }),
    openStep: async () => {},
    async markLeaked(license: string, leaked: boolean) {
      Object.assign(world.row(license), { leaked, status: leaked ? 'leaked' : 'valid' })
      world.changed()
    },
    async succeed(license: string, text: string) {
      const row = world.row(license)
      if (text.trim() === SYSTEM_KEY) throw refusal('key-leaked', { label: row.label })
      // The license of the new key takes the place of the old one.
      const successor = { ...row, id: `${license}-new`, leaked: false, status: 'valid' }
      world.scene.rows.splice(world.scene.rows.indexOf(row), 1, successor)
      world.changed()
      return { source: '', license: successor.id, label: row.label, known: false, error: null }
    },
  } satisfies Partial<Backend>
}
