import { z } from 'zod'
import { DESK_LOCALES, DESK_LOCATIONS, SINGLE_LOCATIONS } from './constants.ts'

/** A name as Desk takes it for widgets, parameters and connections. */
const nameSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-_ ]*$/)

const imagePathSchema = z.string().regex(/^\/app\/.+\.(jpg|jpeg|png|gif|svg)$/, 'an image below /app/')

const webUrlSchema = z.string().refine(isAddressWithScheme, 'an http, https or wss address with its scheme')

// The sandbox's plain WebSocket addresses are for this machine only; `zet` refuses them.
const cspSourceSchema = z.string().refine((value) => {
  return (
    value === 'blob:' ||
    isAddressWithScheme(value.replace('://*.', '://')) ||
    /^ws:\/\/(127\.0\.0\.1|localhost):\d+$/.test(value)
  )
}, 'a source with its scheme, or blob:')

function isAddressWithScheme(value: string): boolean {
  return URL.canParse(value) && ['http:', 'https:', 'wss:'].includes(new URL(value).protocol)
}

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length

const uniqueStrings = <Item extends z.ZodType<string>>(item: Item) =>
  z.array(item).refine(isUnique, 'no value may stand twice')

const widgetSchema = z.strictObject({
  name: nameSchema,
  location: z.enum(DESK_LOCATIONS),
  /** A page of the package. Desk looks for exactly this file, so it can carry no query. */
  url: z.string().regex(/^\/app\/[A-Za-z0-9_$/-]+\.html$/, 'a page below /app/ without a query'),
  logo: imagePathSchema,
  icon: imagePathSchema,
})

const parameterSchema = z.strictObject({
  /** Lower case without spaces, as Zoho's guide asks; the packer alone would take more. */
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  displayName: z.string().min(1).max(255),
  description: z.string().min(1).max(255),
  type: z.enum(['text', 'number', 'radio', 'switch', 'picklist', 'multiselect', 'checkbox']),
  userdefined: z.literal(true),
  mandatory: z.boolean(),
  secure: z.boolean(),
})

const connectorSchema = z.strictObject({
  connectionName: nameSchema,
  serviceName: z
    .string()
    .min(1)
    .refine((name) => name !== 'zlabs_integration', 'belongs into zohoAuthorisation'),
  connectionLinkName: z.string(),
  scope: z.array(z.string().trim().min(1)).optional(),
})

/** Where Desk tells of the extension's life; each call is signed with `secret`. */
const callbackListenerSchema = z.strictObject({
  onInstall: webUrlSchema,
  onUpdate: webUrlSchema,
  onUninstall: webUrlSchema,
  onDeskAuthorise: webUrlSchema,
})

const sourcesSchema = uniqueStrings(cspSourceSchema).refine((list) => list.length <= 10, 'at most 10 sources')

/**
 * `plugin-manifest.json` of a Desk extension, with what the packer checks, what it declares without checking, and what it
 * lets pass although Desk knows no such key.
 */
export const manifestSchema = z
  .strictObject({
    service: z.literal('DESK'),
    /** org: an administrator installs it once for everybody. */
    type: z.enum(['personal', 'org']),
    storage: z.boolean(),
    locale: uniqueStrings(z.enum(DESK_LOCALES)).refine((codes) => codes.includes('en'), 'must contain en'),
    modules: z.strictObject({ widgets: z.array(widgetSchema).min(1) }),
    config: z.array(parameterSchema).max(20),
    connectors: z.array(connectorSchema),
    whiteListedDomains: uniqueStrings(webUrlSchema).refine((list) => list.length > 0, 'the Worker must be reachable'),
    cspDomains: z.strictObject({
      'connect-src': sourcesSchema,
      'img-src': sourcesSchema,
      'media-src': sourcesSchema,
      'script-src': sourcesSchema,
      'style-src': sourcesSchema,
    }),
    callbackListener: callbackListenerSchema.optional(),
    /** Written when the package is made, from the operator's environment; the committed manifest has none. */
    secret: z.string().min(16).optional(),
  })
  .superRefine(({ modules, config, connectors, callbackListener, secret }, context) => {
    if ((callbackListener === undefined) !== (secret === undefined))
      context.addIssue({ code: 'custom', path: ['secret'], message: 'callbacks and their secret come together' })
    const demandUnique = (path: string, values: readonly string[]): void => {
      if (!isUnique(values)) context.addIssue({ code: 'custom', path: [path], message: 'names must be unique' })
    }
    const { widgets } = modules
    demandUnique(
      'modules',
      widgets.map(({ name }) => name.trim()),
    )
    demandUnique(
      'modules',
      widgets.map(({ location }) => location).filter((place) => SINGLE_LOCATIONS.includes(place)),
    )
    demandUnique(
      'config',
      config.map(({ name }) => name),
    )
    demandUnique(
      'connectors',
      connectors.map(({ connectionName }) => connectionName.trim()),
    )
    demandUnique(
      'connectors',
      connectors.map(({ serviceName }) => serviceName.trim()),
    )
  })

export type Manifest = z.infer<typeof manifestSchema>

/** `resources.json` must be there; this extension declares no resources of Desk. */
export const resourcesSchema = z.strictObject({})
