import { resolve } from 'node:path';
import { readSettings } from './config/settings.js';
import { readOrCreateSecret } from './platform/secret-file.js';

/** Injection token of the frozen {@link Config}. */
export const CONFIG = Symbol('CONFIG');

/** An API key as its holder writes it, `id:secret`. */
export interface KeyPair {
  readonly id: string;
  readonly secret: string;
}

/** Everything the service knows of its surroundings. Read once at start, then frozen. */
export interface Config {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Absolute. Holds the embedded database, blobs and generated secrets. */
  readonly dataDirectory: string;
  /** Unset: the embedded database below dataDirectory. */
  readonly databaseUrl: string | undefined;
  readonly databasePoolSize: number;
  /** Unset: the folder `blobs` below dataDirectory. */
  readonly storageUrl: string | undefined;
  /** Address by which others reach the service, without a slash at the end. Unset: host and port. */
  readonly publicUrl: string | undefined;
  readonly adminKey: KeyPair;
  /** File that holds the generated administrator's key; unset when LECTERN_API_KEY gave it. */
  readonly adminKeyFile: string | undefined;
  /** Installation secret: keys of packages, and those that encrypt secrets of others, are derived from it. */
  readonly secret: string;
  /** Those of before, the latest first. */
  readonly previousSecrets: readonly string[];
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly maxBodyBytes: number;
  readonly maxStatementsBytes: number;
  readonly maxUploadBytes: number;
  readonly maxAttachmentBytes: number;
  readonly maxImportBytes: number;
  readonly exportPartBytes: number;
  readonly graphqlMaxDepth: number;
  readonly graphqlMaxCost: number;
  readonly insightsTimeoutMs: number;
  /** `*`, or the origins that browsers may call from. */
  readonly corsOrigins: readonly string[];
  /** Requests to addresses that users give: plain http, too; this machine and private networks, too. */
  readonly outboundHttp: boolean;
  readonly outboundPrivateAddresses: boolean;
  /** Of xAPI; what answers name when a request names none. */
  readonly xapiDefaultVersion: '1.0.3' | '2.0.0';
  /** Of keys without a limit of their own. Unset: no limit. */
  readonly rateLimitPerMinute: number | undefined;
  readonly workerConcurrency: number;
  /** Pipes that deliver at once. */
  readonly pipeWorkers: number;
  /** Import and publish the sample course when the embedded database is new. */
  readonly sampleCourse: boolean;
}

/**
 * Reads the environment and the secrets kept below DATA_DIR, which are generated on the first start.
 *
 * @throws StartError naming the variable, its value (never of a secret) and what is accepted.
 */
export function loadConfig(environment: NodeJS.ProcessEnv): Config {
  const settings = readSettings(environment);
  const dataDirectory = resolve(settings.DATA_DIR);
  const adminKey = adminKeyFrom(settings.LECTERN_API_KEY, dataDirectory);
  return Object.freeze({
    host: settings.HOST,
    port: settings.PORT,
    dataDirectory,
    databaseUrl: settings.DATABASE_URL,
    databasePoolSize: settings.DATABASE_POOL_SIZE,
    storageUrl: settings.STORAGE_URL,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, ''),
    adminKey: adminKey.pair,
    adminKeyFile: adminKey.file,
    secret: settings.LECTERN_SECRET ?? readOrCreateSecret(dataDirectory, 'secret').value,
    previousSecrets: settings.LECTERN_PREVIOUS_SECRETS ?? [],
    pipeWorkers: settings.PIPE_WORKERS,
    logLevel: settings.LOG_LEVEL,
    maxBodyBytes: settings.MAX_BODY_BYTES,
    maxStatementsBytes: settings.MAX_STATEMENTS_BYTES,
    maxUploadBytes: settings.MAX_UPLOAD_BYTES,
    maxAttachmentBytes: settings.MAX_ATTACHMENT_BYTES,
    maxImportBytes: settings.MAX_IMPORT_BYTES,
    exportPartBytes: settings.EXPORT_PART_BYTES,
    graphqlMaxDepth: settings.GRAPHQL_MAX_DEPTH,
    graphqlMaxCost: settings.GRAPHQL_MAX_COST,
    insightsTimeoutMs: settings.INSIGHTS_TIMEOUT_MS,
    corsOrigins: settings.CORS_ORIGINS,
    outboundHttp: settings.OUTBOUND_HTTP,
    outboundPrivateAddresses: settings.OUTBOUND_PRIVATE_ADDRESSES,
    xapiDefaultVersion: settings.XAPI_DEFAULT_VERSION,
    rateLimitPerMinute: settings.RATE_LIMIT_PER_MINUTE,
    workerConcurrency: settings.WORKER_CONCURRENCY,
    sampleCourse: settings.SAMPLE_COURSE,
  });
}

function adminKeyFrom(given: string | undefined, dataDirectory: string): { pair: KeyPair; file: string | undefined } {
  if (given !== undefined) return { pair: splitKey(given), file: undefined };
  const stored = readOrCreateSecret(dataDirectory, 'admin-key', (secret) => `admin:${secret}`);
  return { pair: splitKey(stored.value), file: stored.file };
}

function splitKey(key: string): KeyPair {
  const colon = key.indexOf(':');
  return { id: key.slice(0, colon), secret: key.slice(colon + 1) };
}
