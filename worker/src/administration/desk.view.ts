import type { SetupView } from '../../../contract/index.ts'
import { departmentIdSchema, portalIdSchema } from '../../../contract/index.ts'
import type { DeskDepartment } from '../desk/desk.types.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { DeskRow } from './desk.repo.ts'

/** Departments that can have channels: Desk keeps switched-off ones in its list. */
export function enabledDepartments(departments: readonly DeskDepartment[]): Array<{ id: string; name: string }> {
  return departments.filter(({ isEnabled }) => isEnabled).map(({ id, name }) => ({ id, name }))
}

/** The connection as the settings pane shows it; an organisation without one is disconnected. */
export function deskView(
  { portalId, dataCentre }: Pick<OrgScope, 'portalId' | 'dataCentre'>,
  row: DeskRow | null,
): SetupView['desk'] {
  return {
    state: row?.status ?? 'disconnected',
    portalId: portalIdSchema.parse(portalId),
    portalName: row?.portal_name ?? null,
    dataCentre,
    edition: row?.edition ?? null,
    connectedBy: row?.connected_by ?? null,
    departments: (row?.departments ?? []).map(({ id, name }) => ({ id: departmentIdSchema.parse(id), name })),
    keyUsedAt: instantOf(row?.key_used_at),
    isKeyPlaced: (row?.key_placed_at ?? null) !== null,
  }
}

function instantOf(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString()
}
