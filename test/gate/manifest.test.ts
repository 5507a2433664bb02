import { describe, expect, it } from 'vitest'
import { findFileProblems } from '../../manifest/file-rules.ts'
import type { Manifest } from '../../manifest/manifest.schema.ts'
import { manifestSchema } from '../../manifest/manifest.schema.ts'
import { readManifest } from '../../manifest/stage.ts'

const manifest = readManifest()
const [widget] = manifest.modules.widgets
const [parameter] = manifest.config
const origin = 'https://kaiwa-worker.example'
const csp = manifest.cspDomains

const callbacks = { onInstall: origin, onUpdate: origin, onUninstall: origin, onDeskAuthorise: origin }
const connector = { connectionName: 'a', serviceName: 'b', connectionLinkName: 'c' }
const widgets = (...list: unknown[]) => ({ modules: { widgets: list } })

describe('the manifest schema', () => {
  it('accepts the committed manifest', () => {
    expect(manifest.service).toBe('DESK')
    expect(manifest.config.find(({ name }) => name === 'install_key')?.secure).toBe(true)
  })

  it.each<[string, Record<string, unknown>]>([
    ['another service', { service: 'CRM' }],
    ['another type', { type: 'team' }],
    ['storage that is no boolean', { storage: 'true' }],
    ['locales without English', { locale: ['ja'] }],
    ['a locale Desk does not know', { locale: ['en', 'ko'] }],
    ['a locale twice', { locale: ['en', 'en'] }],
    ['no widgets', widgets()],
    ['a widget name that begins with a digit', widgets({ ...widget, name: '1 panel' })],
    ['a page with a query', widgets({ ...widget, url: '/app/ticket.html?pane=a' })],
    ['a logo of another kind', widgets({ ...widget, logo: '/app/img/kaiwa.webp' })],
    ['a logo outside the app', widgets({ ...widget, logo: 'img/kaiwa.png' })],
    ['a location Desk does not have', widgets({ ...widget, location: 'desk.extension.preferences' })],
    ['two widgets of one name', widgets(widget, { ...widget, location: 'desk.contact.detail.rightpanel' })],
    [
      'two settings panes',
      widgets(
        { ...widget, location: 'desk.extension.preference' },
        { ...widget, name: 'Two', location: 'desk.extension.preference' },
      ),
    ],
    ['more than 20 parameters', { config: Array.from({ length: 21 }, (_, i) => ({ ...parameter, name: `p${i}` })) }],
    ['two parameters of one name', { config: [parameter, parameter] }],
    ['a parameter of another type', { config: [{ ...parameter, type: 'password' }] }],
    ['a parameter whose secrecy is not said', { config: [{ ...parameter, secure: undefined }] }],
    ['a description that is too long', { config: [{ ...parameter, description: 'x'.repeat(256) }] }],
    ['a connection twice', { connectors: [connector, connector] }],
    ['a connection of zlabs_integration', { connectors: [{ ...connector, serviceName: 'zlabs_integration' }] }],
    ['a domain without a scheme', { whiteListedDomains: ['kaiwa-worker.example'] }],
    ['no domain', { whiteListedDomains: [] }],
    ['a source without a scheme', { cspDomains: { ...csp, 'connect-src': ['kaiwa-worker.example'] } }],
    ['a plain socket of another machine', { cspDomains: { ...csp, 'connect-src': ['ws://kaiwa-worker.example:1'] } }],
    ['a source twice', { cspDomains: { ...csp, 'connect-src': [origin, origin] } }],
    [
      'eleven sources',
      { cspDomains: { ...csp, 'img-src': Array.from({ length: 11 }, (_, i) => `https://${i}.example`) } },
    ],
    ['no list of connections', { cspDomains: { ...csp, 'connect-src': origin } }],
    ['callbacks that nothing signs', { callbackListener: callbacks }],
    ['a secret for nothing', { secret: 'a-secret-of-24-characters' }],
    ['a key Desk does not know', { trustedDomains: [origin] }],
  ])('refuses %s', (_, change) => {
    expect(manifestSchema.safeParse({ ...manifest, ...change }).success).toBe(false)
  })

  it.each<keyof Manifest>(['locale', 'storage', 'service', 'modules', 'connectors', 'config', 'whiteListedDomains'])(
    'refuses a manifest without %s',
    (key) => {
      expect(manifestSchema.safeParse({ ...manifest, [key]: undefined }).success).toBe(false)
    },
  )

  it('accepts wildcards, blobs and the sandbox on this machine', () => {
    const cspDomains = { ...csp, 'connect-src': ['https://*.example.com', 'blob:', 'ws://127.0.0.1:4301'] }
    expect(manifestSchema.safeParse({ ...manifest, cspDomains }).success).toBe(true)
  })
})

describe('the rules for files', () => {
  const file = (path: string, bytes = 10) => ({ path, bytes })

  it('accepts what a build writes', () => {
    const files = [
      'app/ticket.html',
      'app/assets/ticket-0a1b2c3d.js',
      'app/translations/ja.json',
      'plugin-manifest.json',
    ]
    expect(
      findFileProblems(
        files.map((path) => file(path)),
        ['en', 'ja'],
      ),
    ).toEqual([])
  })

  it.each([
    ['a source map', file('app/assets/ticket.js.map')],
    ['a kind Desk leaves out', file('app/img/a.webp')],
    ['a name with other characters', file('app/assets/a@2x.png')],
    ['a name that is only an extension', file('app/.json')],
    ['a name of more than 50 characters', file(`app/${'a'.repeat(47)}.css`)],
    ['a folder with a dot', file('app/v1.2/a.js')],
    ['a file that is too large', file('app/a.js', 5_000_001)],
    ['a locale the manifest does not list', file('app/translations/xx.json')],
  ])('object to %s', (_, staged) => {
    expect(findFileProblems([staged], ['en', 'ja'])).not.toEqual([])
  })

  it('object to more than 250 files, translations counted twice', () => {
    const files = Array.from({ length: 249 }, (_, i) => file(`app/assets/${i}.js`))
    expect(findFileProblems([...files, file('app/a.js')], ['en'])).toEqual([])
    expect(findFileProblems([...files, file('app/translations/en.json')], ['en'])).not.toEqual([])
  })
})
