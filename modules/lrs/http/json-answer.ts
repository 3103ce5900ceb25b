import type { FastifyReply } from 'fastify';
import { entityTagOf } from '../documents/document.js';

/** Answers with JSON text, and with its entity tag: every answer to GET has one, where concurrency counts (Comm 3.1). */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .header('etag', `"${entityTagOf(json)}"`)
    .send(json);
}
