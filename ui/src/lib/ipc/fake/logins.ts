/** How made-up systems answer to a login: what is typed says what comes. */
import type { ConnectRequest } from '../generated'
import { refusal } from './world'
import { VENDORS } from './vendors'

/** Throws what a system would refuse the login with; answers where the address leads, if anywhere. */
export function checkLogin({ provider, fields, secrets }: ConnectRequest): string | null {
  const vendor = VENDORS.find((known) => known.provider === provider)
  const url = fields.url && URL.canParse(fields.url) ? new URL(fields.url) : null
  const host = url?.hostname ?? ''
  if (host.startsWith('moved.') && fields['confirm-host'] !== 'new.example') {
    throw refusal('host-not-confirmed', { host: 'new.example', from: host, field: 'confirm-host' })
  }
  const leadsOn = host.startsWith('secure.')
  if (!leadsOn) checkEncrypted(fields.url ?? '', fields)
  const own = vendor?.ownDomain ?? ''
  if (!host.endsWith(own) && fields['confirm-host'] !== host) throw refusal('host-not-confirmed', { host })
  const authority = fields['ca-file']
  if (authority !== undefined && !authority.endsWith('.pem')) {
    throw refusal('ca-not-a-certificate', { field: 'ca-file' })
  }
  checkSecrets(provider, secrets)
  return leadsOn ? `https://${host}` : null
}

/** Throws where a login would be sent unencrypted and that is not allowed. */
export function checkEncrypted(address: string, fields: Partial<Record<string, string>>): void {
  const url = URL.canParse(address) ? new URL(address) : null
  const host = url?.hostname ?? ''
  if (url?.protocol !== 'http:' || ['localhost', '127.0.0.1'].includes(host)) return
  if (fields['allow-http'] !== 'yes') throw refusal('http-not-allowed', { host, field: 'allow-http' })
}

/** Throws where a token or password is none, a wrong one, one too often, or one that a code belongs to. */
export function checkSecrets(provider: string, secrets: Record<string, string>): void {
  const fields = VENDORS.find((known) => known.provider === provider)?.fields ?? []
  const { name, kind } = fields.find(({ kind }) => kind === 'secret' || kind === 'password') ?? {}
  const secret = secrets[name ?? ''] ?? ''
  if (secret === '') throw refusal('field-missing', { field: name ?? 'token' })
  if (secret.includes('wrong')) {
    if (kind === 'secret') throw refusal('vendor-unauthorized', { host: 'aidbox.app' }, 'Token is not valid')
    throw refusal('vendor-wrong-password')
  }
  if (secret.includes('often')) throw refusal('vendor-login-limited', { seconds: '42' })
  if (!secret.includes('coded')) return
  if (secrets.otp === undefined) throw refusal('vendor-otp-needed')
  if (secrets.otp !== '123456') throw refusal('vendor-otp-wrong')
}
