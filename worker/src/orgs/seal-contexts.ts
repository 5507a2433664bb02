/** What each sealed secret of an organisation is bound to: a secret moved to another place does not open there. */
export function sealContexts(orgId: string) {
  return {
    deskRefresh: `desk_refresh:${orgId}`,
    deskAccess: `desk_access:${orgId}`,
    metaToken: (phoneNumberId: string) => `meta_token:${orgId}:${phoneNumberId}`,
    metaAccountToken: (wabaId: string) => `meta_account_token:${orgId}:${wabaId}`,
    numberPin: (phoneNumberId: string) => `number_pin:${orgId}:${phoneNumberId}`,
  }
}
