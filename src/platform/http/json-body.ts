import { isUtf8 } from 'node:buffer';
import { BadRequestException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RawServerDefault } from 'fastify';

/**
 * Reads bodies of JSON. Bytes that are no UTF-8 are refused with 400 (RFC 8259 8.1): decoding would put U+FFFD in their
 * place and keep a text that nobody sent. So are `__proto__` and `constructor.prototype`.
 *
 * @param bodyLimit bytes
 */
export function readJsonBodies(app: NestFastifyApplication, bodyLimit: number): void {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser<RawServerDefault>('application/json', { bodyLimit }, (request, body, done) => {
    if (!isUtf8(body)) return done(new BadRequestException('The body is not UTF-8.'));
    return parse(request, body.toString('utf8'), done);
  });
}
