/** Graph versions and the day each ends (the reference's section 1); the newest has no end yet. */
const ENDS: Record<string, string | null> = {
  'v21.0': '2027-01-21',
  'v22.0': '2027-05-20',
  'v23.0': '2027-10-08',
  'v24.0': '2028-02-18',
  'v25.0': '2028-07-29',
  'v26.0': null,
}

/** Whether Graph still answers this version at a time (epoch milliseconds). */
export function isSupported(version: string, now: number): boolean {
  const end = ENDS[version]
  return end === null || (end !== undefined && now < Date.parse(end))
}
