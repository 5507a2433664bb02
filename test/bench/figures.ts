/** One measured figure, with what it was measured against in the same run. */
export type Figure = {
  name: string
  value: number
  unit: string
  /** The same figure of the floor. */
  floor?: number
  aim?: { atLeast: number } | { atMost: number }
}

export function isReached({ value, aim }: Figure): boolean {
  if (aim === undefined) return true
  return 'atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost
}

/** The figures as a table for a person. */
export function printFigures(figures: readonly Figure[]): string {
  return figures
    .map((figure) => {
      const floor = figure.floor === undefined ? '' : `  (floor ${round(figure.floor)})`
      const aim =
        figure.aim === undefined
          ? ''
          : `  aim ${'atLeast' in figure.aim ? `≥ ${figure.aim.atLeast}` : `≤ ${figure.aim.atMost}`}: ${isReached(figure) ? 'reached' : 'MISSED'}`
      return `${figure.name.padEnd(64)} ${String(round(figure.value)).padStart(10)} ${figure.unit}${floor}${aim}`
    })
    .join('\n')
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100
}
