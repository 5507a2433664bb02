import { dirname, relative, resolve, sep } from 'node:path'
import { refusal } from './rooms.mjs'

const slashes = (path) => (sep === '/' ? path : path.split(sep).join('/'))
const fileOf = (context) => slashes(relative(context.cwd, context.filename))

/** Resolves what an import names: a file of the project, or a package. */
function targetOf(context, specifier) {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return { package: specifier }
  const path = resolve(dirname(context.filename), specifier.split('?')[0])
  return { path: slashes(relative(context.cwd, path)) }
}

const isTypesOnly = (node, names) =>
  node.importKind === 'type' ||
  node.exportKind === 'type' ||
  (names.length > 0 && names.every((name) => name.importKind === 'type' || name.exportKind === 'type'))

/** Enforces scripts/lint/rooms.mjs on static, dynamic and type imports and on re-exports. */
const rooms = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = fileOf(context)
    const check = (node, source, typesOnly) => {
      if (typeof source?.value !== 'string') return
      const message = refusal(from, targetOf(context, source.value), typesOnly)
      if (message !== null) context.report({ node: source, message })
    }
    return {
      ImportDeclaration: (node) => check(node, node.source, isTypesOnly(node, node.specifiers)),
      ExportNamedDeclaration: (node) => check(node, node.source, isTypesOnly(node, node.specifiers)),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal ?? node.argument, true),
    }
  },
}

const SQL =
  /\b(SELECT\s[\s\S]*\bFROM\b|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|TRIGGER|VIEW)\b)/

/** SQL is written in repositories only, so that every statement of a table is found in one file. */
const sqlInRepo = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node, text) => {
      if (SQL.test(text)) context.report({ node, message: 'SQL belongs in a *.repo.ts' })
    }
    return {
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateLiteral: (node) => check(node, node.quasis.map((part) => part.value.raw).join(' ? ')),
    }
  },
}

/** Everything the widget wants from Desk goes through src/host, which tests can replace. */
const hostOnly = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const report = (node) => context.report({ node, message: 'Only widget/src/host names ZOHODESK' })
    return {
      Identifier: (node) => node.name === 'ZOHODESK' && report(node),
      Literal: (node) => typeof node.value === 'string' && node.value.includes('ZOHODESK') && report(node),
      TemplateElement: (node) => node.value.raw.includes('ZOHODESK') && report(node),
    }
  },
}

/** Rules of this project that no ready-made rule can express. oxlint loads this file by `jsPlugins`. */
export default {
  meta: { name: 'kaiwa' },
  rules: { rooms, 'sql-in-repo': sqlInRepo, 'host-only': hostOnly },
}
