/** What the systems accept, as the program would describe them. */
import type { ChoiceView, ConnectFieldView, FieldKind, ProductView, VendorView } from '../generated'
import { FIRST_STEPS } from './next'

const field = (
  name: string,
  kind: FieldKind,
  label: string,
  part: Partial<ConnectFieldView> = {},
): ConnectFieldView => ({
  name,
  kind,
  label,
  hint: '',
  optional: false,
  editable: false,
  placeholder: null,
  default: null,
  ...part,
})

const CONFIRM_HOST = field('confirm-host', 'confirm-host', 'Confirm the host', { optional: true })
const ALLOW_HTTP = field('allow-http', 'allow-http', 'Allow http://', { optional: true })

export const VENDORS: VendorView[] = [
  {
    provider: 'aidbox',
    title: 'Aidbox portal',
    facets: [],
    summary: 'Licenses of a project.',
    invitation: 'Connect a project by its token: see, create and delete its licenses.',
    withKey: null,
    subject: 'Project',
    refusedHint:
      'The token may be revoked, mistyped, or of another project. Issue a new one and enter it again.',
    fields: [
      field('url', 'url', 'Portal address', {
        default: 'https://aidbox.app',
        hint: 'The address that you open the portal with.',
      }),
      field('token', 'secret', 'Project token', {
        hint: 'In the portal: project → Settings → Issue Token. A token opens one project.',
      }),
      CONFIRM_HOST,
      ALLOW_HTTP,
    ],
    ownDomain: null,
    loginNote: null,
    entitledWithList: null,
    tokenPage: 'https://aidbox.app/ui/portal#/profile/settings',
    product: 'aidbox',
    firstSteps: [],
    creates: true,
    vendorPage: true,
    createPage: 'https://aidbox.app/ui/portal#/profile/settings',
    facts: [
      {
        key: 'vendor.aidbox.dev',
        about: 'type:dev',
        text: 'Free, does not expire, 5 GB database, no patient data.',
        source: 'Aidbox documentation',
      },
      {
        key: 'vendor.aidbox.prod',
        about: 'type:prod',
        text: 'A 14-day trial, then extended by the vendor.',
        source: 'Aidbox documentation',
      },
      {
        key: 'vendor.aidbox.ci',
        about: 'type:ci',
        text: 'Many instances, 72 hours each.',
        source: 'Aidbox documentation',
      },
    ],
  },
  {
    provider: 'aica',
    title: 'AICA',
    facets: ['sign-in', 'seats', 'packages', 'validation', 'certificates'],
    summary: 'System Licenses and Deployment Keys of an account, with their machines and packages.',
    invitation: 'Log in with e-mail and password: see the account’s System Licenses and Deployment Keys.',
    withKey: 'I also have an AICA account (seats, packages)',
    subject: null,
    refusedHint: null,
    fields: [
      field('url', 'url', 'Service address', { placeholder: 'https://' }),
      field('vendor-account', 'text', 'Account', { hint: 'The account’s short name or id at the service.' }),
      field('email', 'text', 'E-mail', { hint: 'The e-mail address that you log in with.' }),
      field('password', 'password', 'Password', {
        hint: 'Exchanged for a session when you connect, and not kept.',
      }),
      field('otp', 'one-time-code', 'One-time code', {
        optional: true,
        hint: 'The code that your authenticator shows now, where the account asks for one.',
      }),
      field('public-key', 'public-key', 'Public key', {
        optional: true,
        hint: 'The account’s Ed25519 key, 64 hex digits. With it, every answer has to be signed; without it, answers are not verified.',
      }),
      field('registry', 'text', 'Package registry', {
        optional: true,
        editable: true,
        placeholder: 'registry.licensing.aica.tech',
        hint: 'The host of the container registry, where it is not AICA’s own.',
      }),
      field('confirm-registry', 'text', 'Confirm the registry', {
        optional: true,
        editable: true,
        hint: 'The registry is given the license key. To use one outside AICA’s own domain, type its host once more.',
      }),
      CONFIRM_HOST,
      ALLOW_HTTP,
    ],
    ownDomain: 'aica.tech',
    loginNote:
      'AICA does not document this API. Licet speaks the Keygen-compatible one at an address that you give. Such a service takes 5 password logins a minute for each account, address and e-mail, successful ones too. The password is exchanged for a session and not kept.',
    entitledWithList: 100,
    tokenPage: null,
    product: 'aica',
    firstSteps: FIRST_STEPS,
    creates: false,
    vendorPage: false,
    createPage: 'https://aica.tech',
    facts: [],
  },
  {
    provider: 'dashboard',
    title: 'Metrics Dashboard',
    facets: ['instance-token'],
    summary:
      'The license of one Metrics Dashboard Enterprise instance: look at it, apply, renew and remove it.',
    invitation:
      'The license of one Metrics Dashboard Enterprise instance: look at it, apply, renew and remove it.',
    withKey: null,
    subject: null,
    refusedHint: null,
    fields: [
      field('url', 'url', 'Root URL', {
        placeholder: 'https://dashboard.example/metrics',
        hint: 'The address that you open the instance with, up to and with the path below which it is served.',
      }),
      field('user', 'text', 'Server administrator', {
        default: 'admin',
        hint: 'The user “admin” that an instance comes with may do this. Another one needs licensing:read, licensing:write and licensing:delete.',
      }),
      field('password', 'password', 'Password', { hint: 'The one that this user logs in with.' }),
      field('ca-file', 'ca-file', 'Private certificate authority', {
        optional: true,
        hint: 'Only for an instance whose certificate is self-signed or from an authority of your own: that certificate, or the authority’s, as a PEM file. Its text is kept with the account, so the file may go.',
      }),
      CONFIRM_HOST,
      ALLOW_HTTP,
    ],
    ownDomain: null,
    loginNote: 'Only the name and password of a server administrator can be used (Basic authentication).',
    entitledWithList: null,
    tokenPage: null,
    product: 'dashboard',
    firstSteps: [],
    creates: false,
    vendorPage: false,
    createPage: 'https://metrics-dashboard.com',
    facts: [],
  },
]

const fact = (form: string, key: string, text: string) => ({
  key: `product.aica.${form}.${key}`,
  about: `form:${form}`,
  text,
  source: 'AICA documentation, Licensing',
})

export const PRODUCTS: ProductView[] = [
  {
    product: 'aidbox',
    title: 'Aidbox',
    core: null,
    formats: ['env', 'jwt', 'k8s-secret', 'env-aidbox-license'],
    variables: [
      { format: 'env', variable: 'BOX_LICENSE', of: null, when: null },
      {
        format: 'env-aidbox-license',
        variable: 'AIDBOX_LICENSE',
        of: 'env',
        when: 'For an instance from before version 2401, which does not read BOX_LICENSE.',
      },
    ],
    import: null,
    facts: [],
  },
  {
    product: 'dashboard',
    title: 'Metrics Dashboard',
    core: null,
    formats: ['jwt'],
    variables: [],
    import: null,
    facts: [],
  },
  {
    product: 'aica',
    title: 'AICA',
    variables: [],
    import: {
      title: 'AICA license',
      summary: 'A license key or aica-license.toml. The launcher’s file stays up to date.',
      keys: ['5614D1-…-V3', 'key/…'],
      file: 'aica-license.toml',
      place: '.aica-license.toml',
    },
    core: 'http://localhost:8080/api',
    formats: ['launcher-toml'],
    facts: [
      fact(
        'system',
        'online',
        'Needs an active internet connection for the entire duration of the application.',
      ),
      fact('system', 'instances', 'Can be used on any machine, with one running instance at a time.'),
      fact('deployment', 'offline', 'Works offline, with no limit on how long it stays active.'),
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
  const choice = (
    param: string,
    label: string,
    values: string[],
    chosen: string,
    carried: boolean,
  ): ChoiceView => ({
    param,
    label,
    values,
    default: chosen,
    shownWhen: param.endsWith('version') ? sandbox : null,
    carried,
    guides: param === 'hosting' ? [AWS] : [],
  })
  return [
    choice('type', 'Type', ['dev', 'prod', 'ci'], 'dev', true),
    choice('goal', 'Goal', ['development', 'research', 'evaluation'], 'development', carriesAll),
    choice('hosting', 'Hosting', ['self-hosted', 'sandbox', 'aws'], 'self-hosted', carriesAll),
    choice('aidbox-version', 'Version', ['latest', 'edge'], 'latest', carriesAll),
    choice('fhir-version', 'FHIR version', FHIR, '4.0.1', carriesAll),
  ]
}
