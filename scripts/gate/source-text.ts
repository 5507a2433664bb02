import { readSource, sourceFiles } from './files.ts'

type TextRule = { files: RegExp; except?: RegExp; pattern: RegExp; why: string }

const CODE = /\.(ts|tsx|mjs|js|css|html)$/

/** What the linter cannot see: comments that silence it, and stylesheets. */
const RULES: readonly TextRule[] = [
  {
    files: CODE,
    except: /^(scripts\/gate|test\/gate)\//,
    pattern: /(ox|es)lint-(disable|enable)|@ts-(ignore|nocheck|expect-error)|prettier-ignore|oxfmt-ignore/,
    why: 'rules are kept or changed, never silenced',
  },
  {
    files: /^widget\/.*\.css$/,
    except: /^widget\/src\/styles\/tokens\.css$/,
    pattern: /#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\b(rgba?|hsla?|oklch|oklab)\(/,
    why: 'colours come from styles/tokens.css',
  },
  {
    files: /^widget\/.*\.css$/,
    pattern:
      /(^|[\s;{])(margin|padding|border|inset)-(left|right)\b|(^|[\s;{])(left|right)\s*:|(float|clear|text-align)\s*:\s*(left|right)\b|border-(top|bottom)-(left|right)-radius/,
    why: 'logical properties serve both reading directions',
  },
  {
    files: /^widget\/src\/.*\.tsx$/,
    pattern: /style=\{\{[^}]*#[0-9a-fA-F]{3,8}/,
    why: 'colours come from styles/tokens.css',
  },
]

/** Breaches of the rules above in one file, as `path:line: text (why)`. */
export function findTextProblems(path: string, text: string): string[] {
  return RULES.filter((rule) => rule.files.test(path) && rule.except?.test(path) !== true).flatMap((rule) =>
    text
      .split('\n')
      .map((line, index) => ({ line, number: index + 1 }))
      .filter(({ line }) => rule.pattern.test(line))
      .map(({ line, number }) => `${path}:${number}: ${line.trim()} (${rule.why})`),
  )
}

/** The same over the whole working tree. */
export function findAllTextProblems(): string[] {
  const folders = ['contract', 'manifest', 'scripts', 'test', 'widget', 'worker']
  return folders
    .flatMap((folder) => sourceFiles(folder, CODE))
    .flatMap((path) => findTextProblems(path, readSource(path)))
}
