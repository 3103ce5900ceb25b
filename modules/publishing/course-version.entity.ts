import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('course_versions')
@Index('course_versions_number_key', ['organizationId', 'courseId', 'number'], { unique: true })
@ForeignKey('OrganizationRow', ['organizationId'], ['organizationId'], { name: 'course_versions_organization_fkey' })
export class CourseVersionRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'course_versions_pkey' })
  organizationId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'course_versions_pkey' })
  id!: string;

  @Column('uuid', { name: 'course_id' })
  courseId!: string;

  @Column('integer')
  number!: number;

  @Column('text')
  title!: string;

  @Column('text', { name: 'content_hash' })
  contentHash!: string;

  @Column('text', { nullable: true })
  notes!: string | null;

  @Column('json')
  document!: unknown;

  @Column('timestamptz', { name: 'published_at', default: () => 'now()' })
  publishedAt!: Date;
}
