/**
 * The part of Desk's SDK that the widget calls. The published typings demand `responseType` in `request`, and with it Desk
 * ignores `postBody`; answers are `unknown` here, since Desk promises no shape for them.
 */
declare const ZOHODESK:
  | {
      get(property: string): Promise<unknown>
      request(options: {
        url: string
        type: 'GET' | 'POST'
        headers: Record<string, string>
        data: Record<string, string>
        postBody: unknown
      }): Promise<unknown>
      invoke(action: 'ROUTE_TO', options: { entity: 'ticket'; id: string; page: 'dv' }): Promise<unknown>
    }
  | undefined
