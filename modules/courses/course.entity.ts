import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** The content of a course that has no column of its own. */
export type StoredCourseContent = Record<string, unknown>;

@Entity('courses')
@ForeignKey('organizations', ['organizationId'], ['organizationId'], { name: 'courses_organization_fkey' })
@Unique('courses_slug_key', ['organizationId', 'slug'])
@Unique('courses_external_id_key', ['organizationId', 'externalId'])
@Index('courses_title_idx', ['organizationId', 'title', 'id'])
@Index('courses_updated_at_idx', ['organizationId', 'updatedAt', 'id'])
export class CourseRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'courses_pkey' })
  organizationId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'courses_pkey' })
  id!: string;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('text')
  slug!: string;

  @Column('text')
  title!: string;

  @Column('text')
  language!: string;

  @Column('json')
  content!: StoredCourseContent;

  @Column('integer', { default: 1 })
  revision!: number;

  @Column('integer', { name: 'tree_revision', default: 1 })
  treeRevision!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
