import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CourseRow } from '../course.entity.js';
import type { ElementType } from './element.js';

@Entity('elements')
@ForeignKey(() => CourseRow, ['organizationId', 'courseId'], ['organizationId', 'id'], {
  name: 'elements_course_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => ElementRow, ['organizationId', 'parentId'], ['organizationId', 'id'], {
  name: 'elements_parent_fkey',
  onDelete: 'CASCADE',
})
@Unique('elements_place_key', ['organizationId', 'courseId', 'parentId', 'type', 'position'], {
  deferrable: 'INITIALLY IMMEDIATE',
})
@Unique('elements_external_id_key', ['organizationId', 'courseId', 'externalId'], { deferrable: 'INITIALLY IMMEDIATE' })
@Index('elements_parent_idx', ['organizationId', 'parentId'])
export class ElementRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'elements_pkey' })
  organizationId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'elements_pkey' })
  id!: string;

  @Column('uuid', { name: 'course_id' })
  courseId!: string;

  /** Null for sections: they stand right below the course. */
  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId!: string | null;

  @Column('text')
  type!: ElementType;

  @Column('text')
  kind!: string;

  /** From 0, without gaps, among the elements of one type below one parent. */
  @Column('integer')
  position!: number;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  /** Everything but the kind. */
  @Column('json')
  content!: Record<string, unknown>;

  @Column('integer', { default: 1 })
  revision!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
