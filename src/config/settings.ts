import { z } from 'zod';
import { address, between, optional, readTable, trueOrFalse, wholeNumber, withFallback } from './setting.js';
import type { Values } from './setting.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every((origin) => origin === '*' || /^https?:\/\/[^/\s]+$/.test(origin)));

const secrets = z
  .string()
  .transform((text) => text.split(',').map((secret) => secret.trim()))
  .refine((list) => list.every((secret) => secret.length >= 32 && secret.length <= 1_024));

/** Every setting of the service. docs/operate.md and docker-compose.yml are compared with this table by tests. */
export const settings = {
  HOST: withFallback(z.string().regex(/^\S+$/), '127.0.0.1', {
    accepts: 'a host name or an IP address',
    purpose: 'Address to listen on. `0.0.0.0` listens on all of them.',
  }),
  PORT: withFallback(wholeNumber(0, 65_535), '3000', {
    accepts: between(0, 65_535),
    purpose: 'Port to listen on; 0 picks a free one.',
  }),
  PUBLIC_URL: optional(address('http:', 'https:'), {
    accepts: 'an http or https address',
    purpose: 'Address by which browsers and packages reach the service. Unset: `http://HOST:PORT`.',
  }),
  DATA_DIR: withFallback(z.string().min(1), '.data', {
    accepts: 'the path of a folder',
    purpose: 'Folder of the embedded database, the blobs and the generated secrets.',
  }),
  DATABASE_URL: optional(address('postgres:', 'postgresql:'), {
    accepts: 'an address like postgresql://user:password@host:5432/database',
    purpose: 'PostgreSQL 15 to 18 to use. Unset: an embedded PostgreSQL below DATA_DIR.',
    secret: true,
  }),
  DATABASE_POOL_SIZE: withFallback(wholeNumber(2, 500), '10', {
    accepts: between(2, 500),
    purpose: 'Connections of each of the two pools that requests share. The job runner takes a few more of its own.',
  }),
  STORAGE_URL: optional(address('s3:'), {
    accepts: 'an address like s3://bucket/prefix?endpoint=https://host&region=eu-central-1&forcePathStyle=true',
    purpose:
      'S3-compatible storage of the blobs, with the credentials of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. ' +
      'Unset: the folder `blobs` below DATA_DIR.',
  }),
  LECTERN_API_KEY: optional(z.string().regex(/^[A-Za-z0-9._-]{1,64}:[^\s:]{24,256}$/), {
    accepts: 'id:secret with a secret of 24 or more characters, without blanks and colons',
    purpose: "The administrator's API key. Unset: generated, kept in the file `admin-key` below DATA_DIR.",
    secret: true,
  }),
  LECTERN_SECRET: optional(z.string().min(32).max(1_024), {
    accepts: '32 or more characters',
    purpose:
      'Secret from which keys of packages, and the keys that encrypt passwords for other services, are derived. ' +
      'Unset: generated, kept in the file `secret` below DATA_DIR.',
    secret: true,
  }),
  LECTERN_PREVIOUS_SECRETS: optional(secrets, {
    accepts: 'secrets of 32 or more characters, separated by commas',
    purpose: 'Values that LECTERN_SECRET had before: what they encrypted can still be read.',
    secret: true,
  }),
  PIPE_WORKERS: withFallback(wholeNumber(1, 64), '8', {
    accepts: between(1, 64),
    purpose: 'Pipes to other LRSs that deliver at once. Those whose target fails or is slow take half of them at most.',
  }),
  LOG_LEVEL: withFallback(z.enum(LOG_LEVELS), 'info', {
    accepts: `one of ${LOG_LEVELS.join(', ')}`,
    purpose: 'Least severity of a line in the log.',
  }),
  MAX_BODY_BYTES: withFallback(wholeNumber(1_024, 1_073_741_824), '8388608', {
    accepts: between(1_024, 1_073_741_824),
    purpose: 'Largest body of a request, uploads and statements excepted (8 MiB).',
  }),
  MAX_STATEMENTS_BYTES: withFallback(wholeNumber(1_024, 268_435_456), '33554432', {
    accepts: between(1_024, 268_435_456),
    purpose: 'Largest JSON of the statements of one request to /xapi (32 MiB).',
  }),
  MAX_UPLOAD_BYTES: withFallback(wholeNumber(1_024, 10_737_418_240), '536870912', {
    accepts: between(1_024, 10_737_418_240),
    purpose: 'Largest asset (512 MiB).',
  }),
  MAX_ATTACHMENT_BYTES: withFallback(wholeNumber(1_024, 10_737_418_240), '268435456', {
    accepts: between(1_024, 10_737_418_240),
    purpose: 'Most bytes of attachments of statements in one request (256 MiB).',
  }),
  MAX_IMPORT_BYTES: withFallback(wholeNumber(1_024, 1_099_511_627_776), '10737418240', {
    accepts: between(1_024, 1_099_511_627_776),
    purpose: 'Largest file of statements to import, as it is sent: compressed or not (10 GiB).',
  }),
  EXPORT_PART_BYTES: withFallback(wholeNumber(1_024, 1_073_741_824), '8388608', {
    accepts: between(1_024, 1_073_741_824),
    purpose:
      'Statements, in bytes of their text, that an export writes at once (8 MiB): what it holds in memory, and what it does ' +
      'again after a crash.',
  }),
  GRAPHQL_MAX_DEPTH: withFallback(wholeNumber(1, 100), '15', {
    accepts: between(1, 100),
    purpose: 'Deepest nesting of a GraphQL operation.',
  }),
  GRAPHQL_MAX_COST: withFallback(wholeNumber(1, 10_000_000), '10000', {
    accepts: between(1, 10_000_000),
    purpose: 'Highest cost of a GraphQL operation; each answer tells its own in `extensions.cost`.',
  }),
  INSIGHTS_TIMEOUT_MS: withFallback(wholeNumber(100, 600_000), '10000', {
    accepts: between(100, 600_000),
    purpose: 'Longest time that one SQL statement of a question about statements may take, in milliseconds.',
  }),
  CORS_ORIGINS: withFallback(origins, '*', {
    accepts: '* or origins like https://lms.example.com, separated by commas',
    purpose: 'Web origins that may call the service. Keys travel in headers, never in cookies, so `*` is safe.',
  }),
  OUTBOUND_HTTP: withFallback(trueOrFalse, 'false', {
    accepts: 'true or false',
    purpose:
      'Send requests to `http` addresses that users give, too (other LRSs, keys of token issuers), not only `https`.',
  }),
  OUTBOUND_PRIVATE_ADDRESSES: withFallback(trueOrFalse, 'false', {
    accepts: 'true or false',
    purpose: 'Send such requests to this machine and to private networks, too, not only to the public internet.',
  }),
  XAPI_DEFAULT_VERSION: withFallback(z.enum(['1.0.3', '2.0.0']), '1.0.3', {
    accepts: '1.0.3 or 2.0.0',
    purpose: 'Version of xAPI that answers name when a request names none. Requests that name one are answered in it.',
  }),
  RATE_LIMIT_PER_MINUTE: optional(wholeNumber(1, 1_000_000), {
    accepts: between(1, 1_000_000),
    purpose:
      'Requests that a key, or a client with tokens, may make a minute when it has no limit of its own. Keys inside ' +
      'packages are spared. Unset: no limit.',
  }),
  WORKER_CONCURRENCY: withFallback(wholeNumber(0, 64), '2', {
    accepts: between(0, 64),
    purpose: 'Background jobs that run at once; 0 leaves them to other processes.',
  }),
  SAMPLE_COURSE: withFallback(trueOrFalse, 'true', {
    accepts: 'true or false',
    purpose: 'Import and publish the sample course when the embedded database is new.',
  }),
};

/** Reads the environment; see {@link readTable} for what happens with wrong values. */
export function readSettings(environment: NodeJS.ProcessEnv): Values<typeof settings> {
  return readTable(settings, environment);
}
