import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('PageInfo', { description: 'Where a page stands in its connection.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is something after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there is something before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first item; send it as `before`.' })
  startCursor?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The cursor of the last item; send it as `after`.' })
  endCursor?: string | undefined;
}
