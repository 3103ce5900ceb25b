/** Which version of xAPI a request speaks (1.0.3 Comm 3.3; IEEE 9274.1.1 4.1.6). */
import type { FastifyRequest } from 'fastify';
import type { XapiVersion } from '../xapi/version.js';
import { BadRequest } from './error-answer.js';

export type { XapiVersion };

/** What /about tells (Comm 2.8). */
export const SUPPORTED_VERSIONS = ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'] as const;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every request below /xapi once its headers are read. */
    xapiVersion?: XapiVersion;
  }
}

/**
 * The version that the header X-Experience-API-Version asks for.
 *
 * @throws BadRequest when it is missing, or is none of ours
 */
export function versionOf({ headers }: FastifyRequest): XapiVersion {
  const asked = headers['x-experience-api-version'];
  if (typeof asked === 'string' && /^1\.0(?:\.\d+)?$/.test(asked)) return '1.0.3';
  if (typeof asked === 'string' && /^2\.0(?:\.\d+)?$/.test(asked)) return '2.0.0';
  const found = asked === undefined ? 'it is missing' : `not "${String(asked)}"`;
  throw new BadRequest(
    'UNSUPPORTED_VERSION',
    `X-Experience-API-Version must be 1.0, 1.0.x, 2.0 or 2.0.x, ${found} (Comm 3.3).`,
  );
}
