export function fingerprint(root: string): string
export function isSameAsLockfile(root: string): boolean
export function needsInstall(root: string): boolean
export function ensureInstalled(root: string): Promise<void>
