import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import { OrganizationRow } from './organization.entity.js';
import type { Organization } from './organization.js';

/** Queries over the organization of the current unit of work. */
@Injectable()
export class OrganizationStore {
  constructor(private readonly sql: Sql) {}

  /** Adds the organization; one that is there stays as it is. */
  async add(id: string, name: string): Promise<void> {
    const values = { organizationId: id, name };
    await this.sql.manager.createQueryBuilder().insert().into(OrganizationRow).values(values).orIgnore().execute();
  }

  async get(id: string): Promise<Organization> {
    const row = await this.sql.manager.findOneByOrFail(OrganizationRow, { organizationId: id });
    return { id: row.organizationId, name: row.name, createdAt: row.createdAt };
  }
}
