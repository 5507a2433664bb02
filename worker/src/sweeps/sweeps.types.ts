/** Something done every minute for every organisation. Resolves to figures for the log. */
export type Sweep = { name: string; run: () => Promise<Record<string, number>> }
