/** What the systems accept, as the program would describe them. */
import type { ChoiceView, ProductView, VendorView } from '../generated'

export const VENDORS: VendorView[] = [
  {
    provider: 'aidbox',
    title: 'Aidbox portal',
    fields: [
      { name: 'url', kind: 'url', default: 'https://aidbox.app' },
      { name: 'token', kind: 'secret', default: null },
    ],
    tokenPage: 'https://aidbox.app/ui/portal#/profile/settings',
    createPage: 'https://aidbox.app/ui/portal#/profile/settings',
    facts: [
      {
        about: 'type:dev',
        text: 'Free, does not expire, 5 GB database, no patient data.',
        source: 'Aidbox documentation',
      },
      {
        about: 'type:prod',
        text: 'A 14-day trial, then extended by the vendor.',
        source: 'Aidbox documentation',
      },
      { about: 'type:ci', text: 'Many instances, 72 hours each.', source: 'Aidbox documentation' },
    ],
  },
]

const fact = (form: string, text: string) => ({
  about: `form:${form}`,
  text,
  source: 'AICA documentation, Licensing',
})

export const PRODUCTS: ProductView[] = [
  { product: 'aidbox', formats: ['env', 'jwt', 'k8s-secret'], facts: [] },
  {
    product: 'aica',
    formats: ['launcher-toml'],
    facts: [
      fact('system', 'Needs an active internet connection for the entire duration of the application.'),
      fact('system', 'Can be used on any machine, with one running instance at a time.'),
      fact('deployment', 'Works offline, with no limit on how long it stays active.'),
    ],
  },
]

const AWS = {
  value: 'aws',
  title: 'run-aidbox-on-aws',
  url: 'https://aidbox.app',
}

const FHIR = ['1.0.2', '1.4.0', '1.8.0', '3.0.1', '3.2.0', '3.3.0', '4.0.0', '4.0.1', '4.3.0', '5.0.0']

export function choices(carriesAll: boolean): ChoiceView[] {
  const sandbox = { param: 'hosting', value: 'sandbox' }
  const choice = (param: string, values: string[], chosen: string, carried: boolean): ChoiceView => ({
    param,
    values,
    default: chosen,
    shownWhen: param.endsWith('version') ? sandbox : null,
    carried,
    guides: param === 'hosting' ? [AWS] : [],
  })
  return [
    choice('type', ['dev', 'prod', 'ci'], 'dev', true),
    choice('goal', ['development', 'research', 'evaluation'], 'development', carriesAll),
    choice('hosting', ['self-hosted', 'sandbox', 'aws'], 'self-hosted', carriesAll),
    choice('aidbox-version', ['latest', 'edge'], 'latest', carriesAll),
    choice('fhir-version', FHIR, '4.0.1', carriesAll),
  ]
}
