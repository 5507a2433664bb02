/** One breach of one rule: the file, what it says, and the rule that must object. */
export type Violation = { rule: string; path: string; text: string }

const rooms = (path: string, text: string): Violation => ({ rule: 'kaiwa(rooms)', path, text: `${text}\n` })

/** A file that imports a value from another and gives it on. */
const takes = (specifier: string): string => `export { value } from '${specifier}'`
const takesType = (specifier: string): string => `export type { Value } from '${specifier}'`

export const ROOM_VIOLATIONS: readonly Violation[] = [
  rooms('contract/uses-hono.ts', takes('hono')),
  rooms('contract/uses-worker.ts', takes('../worker/src/channels/channels.model.ts')),
  rooms('worker/src/channels/uses-widget.ts', takes('../../../widget/src/result.ts')),
  rooms('worker/src/channels/uses-sandbox.ts', takes('../../../test/sandbox/demo.ts')),
  rooms('worker/src/channels/uses-preact.ts', takes('preact')),
  rooms('worker/src/platform/uses-aggregate.ts', takes('../channels/channels.model.ts')),
  rooms('worker/src/platform/uses-object.ts', takes('../channels/channel.do.ts')),
  rooms('worker/src/whatsapp/uses-desk.ts', takes('../desk/client.ts')),
  rooms('worker/src/whatsapp/uses-aggregate.ts', takes('../channels/channels.usecases.ts')),
  rooms('worker/src/desk/uses-repo.ts', takes('../channels/channels.repo.ts')),
  rooms('worker/src/a/a.model.ts', takes('../platform/clock.ts')),
  rooms('worker/src/b/b.model.ts', takes('../channels/channels.repo.ts')),
  rooms('worker/src/c/c.model.ts', takes('hono')),
  rooms('worker/src/d/d.model.ts', `export const later = () => import('../channels/channels.repo.ts')`),
  rooms('worker/src/e/e.repo.ts', takes('../channels/channels.usecases.ts')),
  rooms('worker/src/f/f.repo.ts', takes('../desk/client.ts')),
  rooms('worker/src/g/g.repo.ts', takes('../channels/channels.routes.ts')),
  rooms('worker/src/a/a.usecases.ts', takes('hono')),
  rooms('worker/src/b/b.usecases.ts', takes('cloudflare:workers')),
  rooms('worker/src/c/c.usecases.ts', takes('../channels/channels.routes.ts')),
  rooms('worker/src/d/d.usecases.ts', takesType('../channels/channel.do.ts')),
  rooms('worker/src/a/a.schemas.ts', takes('../channels/channels.repo.ts')),
  rooms('worker/src/a/part.ts', takes('../channels/channels.routes.ts')),
  rooms('widget/src/host/uses-state.ts', takes('../state/thread.ts')),
  rooms('widget/src/api/uses-worker.ts', takes('../../../worker/src/app.ts')),
  rooms('widget/src/api/uses-worker-inside.ts', takesType('../../../worker/src/channels/channels.model.ts')),
  rooms('widget/src/state/uses-worker.ts', takesType('../../../worker/src/app.ts')),
  rooms('widget/src/state/uses-features.ts', takes('../features/thread/Thread.tsx')),
  rooms('widget/src/state/uses-ui.ts', takes('../ui/Button.tsx')),
  rooms('widget/src/ui/uses-state.ts', takes('../state/thread.ts')),
  rooms('widget/src/ui/uses-api.ts', takesType('../api/client.ts')),
  rooms('widget/src/features/thread/uses-api.ts', takes('../../api/client.ts')),
  rooms('widget/src/features/thread/uses-host.ts', takes('../../host/host.ts')),
  rooms('widget/src/features/thread/uses-hono.ts', takes('hono')),
  rooms('test/sandbox/uses-worker.ts', takes('../../worker/src/platform/clock.ts')),
  rooms('test/sandbox/uses-widget.ts', takesType('../../widget/src/result.ts')),
  rooms('test/sandbox/uses-contract.ts', takes('../../contract/index.ts')),
  rooms('test/bench/uses-worker.ts', takes('../../worker/src/app.ts')),
  rooms('test/bench/workers/uses-worker-inside.ts', takes('../../../worker/src/platform/clock.ts')),
  rooms('scripts/gate/uses-sandbox.ts', takes('../../test/sandbox/demo.ts')),
  rooms('scripts/tasks/uses-worker.ts', takes('../../worker/src/app.ts')),
  rooms('test/sandbox/uses-task.ts', takes('../../scripts/tasks/build.ts')),
  rooms('manifest/uses-worker.ts', takes('../worker/src/platform/clock.ts')),
]

/** Imports the architecture allows; none of them may be reported. */
export const ALLOWED_IMPORTS: readonly { path: string; text: string }[] = [
  { path: 'contract/uses-zod.ts', text: takes('zod') },
  { path: 'worker/src/h/h.model.ts', text: takes('../channels/channels.model.ts') },
  { path: 'worker/src/h/h.usecases.ts', text: takes('../channels/channels.repo.ts') },
  { path: 'worker/src/h/h.routes.ts', text: takes('./h.usecases.ts') },
  { path: 'worker/src/h/h.do.ts', text: takes('./h.usecases.ts') },
  { path: 'worker/src/h/h.repo.ts', text: takes('../platform/clock.ts') },
  { path: 'worker/src/platform/bindings.ts', text: takesType('../channels/channel.do.ts') },
  { path: 'widget/src/api/typed-client.ts', text: takesType('../../../worker/src/app.ts') },
  { path: 'widget/src/state/list.ts', text: takes('../api/client.ts') },
  { path: 'scripts/tasks/uses-sandbox.ts', text: takes('../../test/sandbox/demo.ts') },
  { path: 'test/bench/workers/uses-worker.ts', text: takes('../../../worker/src/app.ts') },
  { path: 'widget/src/features/thread/Thread.tsx', text: takes('../../state/thread.ts') },
]

/** A test that vitest would run alone or not at all; put together here, so that no search for such tests finds this table. */
const testCall = (modifier: string): string => `it.${modifier}`

const PROMISE = 'async function later(): Promise<number> {\n  return await Promise.resolve(1)\n}\n'

export const RULE_VIOLATIONS: readonly Violation[] = [
  {
    rule: 'typescript(no-floating-promises)',
    path: 'worker/src/a/floating.ts',
    text: `${PROMISE}export function go(): void {\n  later()\n}\n`,
  },
  {
    rule: 'typescript(no-misused-promises)',
    path: 'worker/src/a/misused.ts',
    text: `${PROMISE}export const isThere = later() ? 1 : 2\n`,
  },
  {
    rule: 'typescript(await-thenable)',
    path: 'worker/src/a/await.ts',
    text: 'export async function go(): Promise<void> {\n  await 1\n}\n',
  },
  { rule: 'typescript(no-explicit-any)', path: 'worker/src/a/any.ts', text: 'export const x: any = 1\n' },
  {
    rule: 'typescript(no-unsafe-assignment)',
    path: 'worker/src/a/assignment.ts',
    text: 'export const x: { a: number } = JSON.parse("1")\n',
  },
  {
    rule: 'typescript(no-unsafe-type-assertion)',
    path: 'worker/src/a/cast.ts',
    text: 'export const read = (value: unknown): string => value as string\n',
  },
  {
    rule: 'typescript(no-non-null-assertion)',
    path: 'worker/src/a/bang.ts',
    text: 'export const read = (value?: string): string => value!\n',
  },
  {
    rule: 'typescript(switch-exhaustiveness-check)',
    path: 'worker/src/a/switch.ts',
    text: `export function f(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      throw new Error('a')\n  }\n}\n`,
  },
  {
    rule: 'typescript(only-throw-error)',
    path: 'worker/src/a/throw.ts',
    text: `export const f = () => {\n  throw 'text'\n}\n`,
  },
  {
    rule: 'import(no-cycle)',
    path: 'worker/src/a/round.ts',
    text: `import { b } from './trip.ts'\nexport const a = () => b\n`,
  },
  {
    rule: 'import(no-cycle)',
    path: 'worker/src/a/trip.ts',
    text: `import { a } from './round.ts'\nexport const b = () => a\n`,
  },
  {
    rule: 'kaiwa(sql-in-repo)',
    path: 'worker/src/a/sql.usecases.ts',
    text: `export const q = 'SELECT id FROM messages'\n`,
  },
  {
    rule: 'kaiwa(sql-in-repo)',
    path: 'worker/src/a/sql.do.ts',
    text: 'export const q = `INSERT INTO parts (id) VALUES (?)`\n',
  },
  {
    rule: 'kaiwa(sql-in-repo)',
    path: 'worker/src/a/sql.ts',
    text: 'export const q = (name: string) => `UPDATE messages\n  SET status = ${name}`\n',
  },
  { rule: 'kaiwa(host-only)', path: 'widget/src/state/desk.ts', text: `export const has = 'ZOHODESK' in globalThis\n` },
  {
    rule: 'kaiwa(host-only)',
    path: 'widget/src/features/thread/desk.ts',
    text: 'declare const ZOHODESK: { log(value: string): void }\nexport const log = (): void => ZOHODESK.log("x")\n',
  },
  {
    rule: 'react(no-danger)',
    path: 'widget/src/features/thread/Danger.tsx',
    text: `export const Danger = () => <p dangerouslySetInnerHTML={{ __html: 'x' }} />\n`,
  },
  {
    rule: 'eslint(no-restricted-properties)',
    path: 'widget/src/features/thread/inner.ts',
    text: `export const write = (element: Element): void => {\n  element.innerHTML = 'x'\n}\n`,
  },
  {
    rule: 'eslint(no-restricted-properties)',
    path: 'widget/src/features/thread/inner.model.ts',
    text: `export const write = (element: Element): void => {\n  element.innerHTML = 'x'\n}\n`,
  },
  {
    rule: 'jsx-a11y(alt-text)',
    path: 'widget/src/features/thread/Picture.tsx',
    text: 'export const Picture = () => <img src="x.png" />\n',
  },
  {
    rule: 'react(button-has-type)',
    path: 'widget/src/features/thread/Press.tsx',
    text: 'export const Press = () => <button>x</button>\n',
  },
  {
    rule: 'react(hooks)',
    path: 'widget/src/features/thread/Hook.tsx',
    text: `import { useState } from 'preact/hooks'\nexport function Hook({ on }: { on: boolean }) {\n  if (on) useState(1)\n  return <p />\n}\n`,
  },
  {
    rule: 'eslint(no-restricted-globals)',
    path: 'widget/src/features/thread/load.ts',
    text: `export const load = (): Promise<Response> => fetch('/x')\n`,
  },
  {
    rule: 'eslint(no-restricted-globals)',
    path: 'worker/src/a/call.usecases.ts',
    text: `export const load = (): Promise<Response> => fetch('https://x.example')\n`,
  },
  {
    rule: 'eslint(no-restricted-properties)',
    path: 'worker/src/a/clock.model.ts',
    text: 'export const now = (): number => Date.now()\n',
  },
  {
    rule: 'eslint(no-console)',
    path: 'worker/src/a/console.ts',
    text: `export const f = (): void => console.log('x')\n`,
  },
  {
    rule: 'eslint(no-warning-comments)',
    path: 'worker/src/a/later.ts',
    text: `// ${['TO', 'DO'].join('')} finish\nexport const a = 1\n`,
  },
  { rule: 'eslint(max-lines)', path: 'worker/src/a/long.ts', text: 'export {}\n'.repeat(301) },
  { rule: 'eslint(max-lines)', path: 'worker/src/a/long.test.ts', text: 'export {}\n'.repeat(501) },
  { rule: 'unicorn(filename-case)', path: 'worker/src/a/camelCase.ts', text: 'export const a = 1\n' },
  {
    rule: 'vitest(no-focused-tests)',
    path: 'worker/src/a/focused.test.ts',
    text: `import { expect, it } from 'vitest'\n${testCall('only')}('adds', () => {\n  expect(1 + 1).toBe(2)\n})\n`,
  },
  {
    rule: 'vitest(no-disabled-tests)',
    path: 'worker/src/a/disabled.test.ts',
    text: `import { expect, it } from 'vitest'\n${testCall('skip')}('adds', () => {\n  expect(1 + 1).toBe(2)\n})\n`,
  },
  {
    rule: 'eslint(no-restricted-globals)',
    path: 'worker/src/a/sleeps.test.ts',
    text: `import { it } from 'vitest'\nit('waits', async () => {\n  await new Promise((done) => setTimeout(done, 100))\n})\n`,
  },
  {
    rule: 'eslint(no-restricted-imports)',
    path: 'worker/src/a/naps.test.ts',
    text: `import { setTimeout as nap } from 'node:timers/promises'\nexport const f = nap\n`,
  },
]
