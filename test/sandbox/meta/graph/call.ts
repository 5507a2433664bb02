import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import { isJson } from '../state.ts'
import type { Json } from '../state.ts'
import type { Caller } from './auth.ts'
import type { Node } from './nodes.ts'

/** One request to an object or one of its edges, after token and permission were checked. */
export type Call<Kind extends Node['kind'] = Node['kind']> = {
  deps: Deps
  context: Context
  caller: Caller
  node: Extract<Node, { kind: Kind }>
  query: URLSearchParams
  /** The JSON or form body, with the query's parameters below it as Graph reads them. */
  body: Json
}

/** Parameters of a request: query, then form or JSON. A body that is no JSON counts as none, as at Meta. */
export async function parametersOf(context: Context): Promise<Json> {
  const query: Json = Object.fromEntries(new URL(context.req.url).searchParams)
  const type = context.req.header('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) return query
  const text = await context.req.text()
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { ...query, ...Object.fromEntries(new URLSearchParams(text)) }
  try {
    const parsed: unknown = JSON.parse(text)
    return isJson(parsed) ? { ...query, ...parsed } : query
  } catch {
    return query
  }
}

/** The names in `fields=a,b,c`; undefined when the caller did not ask. */
export function fieldsOf(query: URLSearchParams): string[] | undefined {
  const fields = query.get('fields')
  return fields === null || fields === '' ? undefined : fields.split(',').map((field) => field.trim())
}
