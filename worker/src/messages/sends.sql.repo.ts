/** Statuses as the list of an `IN`. */
export function listed(statuses: readonly string[]): string {
  return statuses.map((status) => `'${status}'`).join(', ')
}

/** Puts the numbered placeholders in the place of each `$`. */
export function fill(assignments: string, placeholders: readonly string[]): string {
  let index = 0
  return assignments.replaceAll('$', () => placeholders[index++] ?? '$')
}
