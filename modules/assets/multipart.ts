import multipart from '@fastify/multipart';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { CONFIG, type Config } from '../../src/config.js';

/** Teaches the HTTP server multipart/form-data, for uploads. */
@Injectable()
export class Multipart implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    const server = this.host.httpAdapter.getInstance();
    await server.register(multipart, {
      // A name with a path is to be refused, not shortened.
      preservePath: true,
      // The intake stops one byte past the organization's limit and says so; this is the outer wall.
      limits: { files: 1, fields: 5, fieldSize: 1_000, fileSize: this.config.maxUploadBytes + 1 },
    });
  }
}
