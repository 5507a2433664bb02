import type { Values } from './host.ts'
import { userPreferences } from './session.ts'
import type { Session } from './session.ts'

/** What a widget gets at registration; `uniqueID` is put in for each frame. */
export function appPayload(
  widgetLocation: string,
  session: Session,
  localeResources: Record<string, string>,
  dataCentre: string,
): Values {
  const browser = /(Firefox|Chrome|Safari)\/([\d.]+)/.exec(navigator.userAgent)
  const version = browser?.[2] ?? ''
  return {
    location: widgetLocation,
    extensionID: '1800000000900',
    locale: session.locale,
    localeResources,
    meta: {
      dcType: dataCentre,
      platform: {
        os: { name: navigator.platform, version: '' },
        browser: { name: browser?.[1] ?? '', version, major: version.split('.')[0] ?? '' },
        resolution: `${screen.width}x${screen.height}`,
      },
      service: 'zohodesk',
      sigmaExecutionDomain: location.origin,
      deskDomainUrl: location.origin,
      userPreferences: userPreferences(session),
    },
  }
}
