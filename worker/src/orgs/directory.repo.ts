import { z } from 'zod'

const organisationSchema = z.object({ id: z.string(), shard: z.number(), epoch: z.number() })
export type DirectoryOrganisation = z.infer<typeof organisationSchema>

const shardCountSchema = z.object({ shard: z.number(), organisations: z.number() })
const epochSchema = organisationSchema.pick({ epoch: true })
const ownerSchema = z.object({ id: z.string(), org_id: z.string() })

export type Route = { phoneNumberId: string; wabaId: string }

/** Who is where. The directory serves every organisation, so it is opened for none. */
export function createDirectoryRepo(db: D1Database) {
  const findByPortal = (portalId: string, dataCentre: string): D1PreparedStatement =>
    db
      .prepare('SELECT id, shard, epoch FROM organisations WHERE portal_id = ?1 AND data_centre = ?2')
      .bind(portalId, dataCentre)

  const nextEpoch = (orgId: string): D1PreparedStatement =>
    db.prepare('UPDATE organisations SET epoch = epoch + 1 WHERE id = ?1 RETURNING epoch').bind(orgId)

  return {
    /** How many organisations each shard holds; empty shards are not listed. */
    async countByShard(): Promise<Map<number, number>> {
      const { results } = await db
        .prepare('SELECT shard, COUNT(*) AS organisations FROM organisations GROUP BY shard')
        .all()
      return new Map(results.map((row) => shardCountSchema.parse(row)).map((row) => [row.shard, row.organisations]))
    },

    async findOrganisation(portalId: string, dataCentre: string): Promise<DirectoryOrganisation | null> {
      const row = await findByPortal(portalId, dataCentre).first()
      return row === null ? null : organisationSchema.parse(row)
    },

    /** The organisation of a portal, made if there is none. Region and shard of one that is there never change. */
    async ensureOrganisation(organisation: {
      id: string
      portalId: string
      dataCentre: string
      region: string
      shard: number
      now: number
    }): Promise<DirectoryOrganisation> {
      const { id, portalId, dataCentre, region, shard, now } = organisation
      const [, found] = await db.batch([
        db
          .prepare(
            `INSERT INTO organisations (id, portal_id, data_centre, region, shard, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO NOTHING`,
          )
          .bind(id, portalId, dataCentre, region, shard, now),
        findByPortal(portalId, dataCentre),
      ])
      return organisationSchema.parse(found?.results[0])
    },

    /** Whose these numbers and accounts are; those of nobody are not listed. */
    async findOwners(
      routes: readonly Route[],
    ): Promise<{ numbers: Map<string, string>; accounts: Map<string, string> }> {
      const [numbers, accounts] = await db.batch([
        db
          .prepare(
            'SELECT phone_number_id AS id, org_id FROM number_routes WHERE phone_number_id IN (SELECT value FROM json_each(?1))',
          )
          .bind(JSON.stringify(routes.map((route) => route.phoneNumberId))),
        db
          .prepare(
            'SELECT waba_id AS id, org_id FROM account_routes WHERE waba_id IN (SELECT value FROM json_each(?1))',
          )
          .bind(JSON.stringify(routes.map((route) => route.wabaId))),
      ])
      return { numbers: ownersOf(numbers), accounts: ownersOf(accounts) }
    },

    /** Adds the routes that are free; one that is another organisation's stays its own. */
    async addRoutes(orgId: string, routes: readonly Route[], now: number): Promise<void> {
      if (routes.length === 0) return
      await db.batch(
        routes.flatMap(({ phoneNumberId, wabaId }) => [
          db
            .prepare(
              `INSERT INTO number_routes (phone_number_id, org_id, waba_id, connected_at) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (phone_number_id) DO UPDATE SET waba_id = excluded.waba_id WHERE org_id = excluded.org_id`,
            )
            .bind(phoneNumberId, orgId, wabaId, now),
          db
            .prepare(
              'INSERT INTO account_routes (waba_id, org_id, connected_at) VALUES (?1, ?2, ?3) ON CONFLICT (waba_id) DO NOTHING',
            )
            .bind(wabaId, orgId, now),
        ]),
      )
    },

    /** The organisations of a portal's id: one, unless portals of two data centres have the same. */
    async listOfPortal(portalId: string): Promise<DirectoryOrganisation[]> {
      const { results } = await db
        .prepare('SELECT id, shard, epoch FROM organisations WHERE portal_id = ?1')
        .bind(portalId)
        .all()
      return results.map((row) => organisationSchema.parse(row))
    },

    /** No key opens sessions from now on, in a new epoch. Resolves to it. */
    async removeInstallKey(orgId: string): Promise<number> {
      const answers = await db.batch([
        db.prepare('DELETE FROM install_keys WHERE org_id = ?1').bind(orgId),
        nextEpoch(orgId),
      ])
      return epochSchema.parse(answers[1]?.results[0]).epoch
    },

    /** Adds a key where there is none. False where there is one already. */
    async addFirstInstallKey(orgId: string, keySha256: string, now: number): Promise<boolean> {
      const { meta } = await db
        .prepare(
          `INSERT INTO install_keys (key_sha256, org_id, created_at)
           SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM install_keys WHERE org_id = ?2)`,
        )
        .bind(keySha256, orgId, now)
        .run()
      return meta.changes === 1
    },

    /** Takes one key away, where it is still there. */
    async dropInstallKey(keySha256: string): Promise<void> {
      await db.prepare('DELETE FROM install_keys WHERE key_sha256 = ?1').bind(keySha256).run()
    },

    /**
     * From now on this key alone opens sessions of the organisation, in a new epoch. Resolves to it: sessions of all epochs before are
     * over once its shard has it.
     */
    async rotateInstallKey(orgId: string, keySha256: string, now: number): Promise<number> {
      const answers = await db.batch([
        db.prepare('DELETE FROM install_keys WHERE org_id = ?1').bind(orgId),
        db
          .prepare('INSERT INTO install_keys (key_sha256, org_id, created_at) VALUES (?1, ?2, ?3)')
          .bind(keySha256, orgId, now),
        nextEpoch(orgId),
      ])
      return epochSchema.parse(answers[2]?.results[0]).epoch
    },
  }
}

export type DirectoryRepo = ReturnType<typeof createDirectoryRepo>

function ownersOf(answer: D1Result | undefined): Map<string, string> {
  return new Map((answer?.results ?? []).map((row) => ownerSchema.parse(row)).map((row) => [row.id, row.org_id]))
}
