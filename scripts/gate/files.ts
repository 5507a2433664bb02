import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { ROOT } from './command.ts'

const GENERATED = new Set(['node_modules', 'app', 'dist', 'coverage'])

/**
 * The project's own files below a folder, relative to the root, with forward slashes. Installed, built and hidden folders
 * are left out, so that a checkout without git has the same answer.
 */
export function sourceFiles(folder: string, accepts: RegExp, root = ROOT): string[] {
  const found: string[] = []
  const walk = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) {
        if (!GENERATED.has(entry.name) && !entry.name.startsWith('.')) walk(path)
      } else {
        const name = relative(root, path).split(sep).join('/')
        if (accepts.test(name)) found.push(name)
      }
    }
  }
  walk(join(root, folder))
  return found.toSorted()
}

/** A text file of the project. */
export const readSource = (path: string, root = ROOT): string => readFileSync(join(root, path), 'utf8')
