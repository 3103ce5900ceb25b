import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Scope } from '../../src/platform/access/principal.js';
import { ApiKeyObject } from './keys/api-key.graphql.js';
import { OrganizationObject } from './organizations/organization.graphql.js';
import { ScopeEnum } from './scope.graphql.js';

@ObjectType('TokenHolder', { description: 'Whom a token of OAuth was issued to.' })
export class TokenHolderObject {
  @Field(() => ID, { description: 'The id of the issuer; see tokenIssuers.' })
  issuerId!: string;

  @Field(() => String, { description: 'The issuer’s address, as in the token’s `iss`.' })
  issuer!: string;

  @Field(() => String, { description: 'The client that sends the token.' })
  client!: string;

  @Field(() => String, { nullable: true, description: 'The user that the client acts for; null: it acts for itself.' })
  user?: string;
}

@ObjectType('Viewer', { description: 'Who is calling.' })
export class ViewerObject {
  @Field(() => OrganizationObject, { description: 'The organization that the caller acts for.' })
  organization!: OrganizationObject;

  @Field(() => [ScopeEnum], { description: 'What the caller may do.' })
  scopes!: Scope[];

  @Field(() => ApiKeyObject, { nullable: true, description: 'The key of this request; null: it came with a token.' })
  apiKey?: ApiKeyObject;

  @Field(() => TokenHolderObject, {
    nullable: true,
    description: 'The holder of the token of this request; null: it came with a key.',
  })
  token?: TokenHolderObject;
}
