import { registerEnumType } from '@nestjs/graphql';
import type { Scope } from '../../src/platform/access/principal.js';

export const ScopeEnum = {
  AUTHOR: 'author',
  PUBLISH: 'publish',
  RECORDS_READ: 'records:read',
  ADMIN: 'admin',
  STATEMENTS_WRITE: 'statements/write',
  STATEMENTS_READ: 'statements/read',
  STATEMENTS_READ_MINE: 'statements/read/mine',
  STATE: 'state',
  DEFINE: 'define',
  PROFILE: 'profile',
  ALL_READ: 'all/read',
  ALL: 'all',
} as const satisfies Record<string, Scope>;

registerEnumType(ScopeEnum, {
  name: 'Scope',
  description: 'What a key may do. From STATEMENTS_WRITE to ALL they are the scopes of xAPI, and are about /xapi only.',
  valuesMap: {
    AUTHOR: { description: 'Read and change drafts: courses, scenarios, assessments, assets.' },
    PUBLISH: { description: 'Publish versions and export packages.' },
    RECORDS_READ: { description: 'Read learner records and statements by GraphQL.' },
    ADMIN: { description: 'Everything, also keys, issuers and organizations.' },
    STATEMENTS_WRITE: { description: '`statements/write`: add statements.' },
    STATEMENTS_READ: { description: '`statements/read`: read all statements, activities and agents.' },
    STATEMENTS_READ_MINE: {
      description: '`statements/read/mine`: read the statements whose authority is that of the key.',
    },
    STATE: { description: '`state`: read and write State documents.' },
    DEFINE: { description: '`define`: the statements it sends change the definitions of activities.' },
    PROFILE: { description: '`profile`: read and write Activity Profiles and Agent Profiles.' },
    ALL_READ: { description: '`all/read`: read everything at /xapi.' },
    ALL: { description: '`all`: everything at /xapi.' },
  },
});
