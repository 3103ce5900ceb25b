import type { AddressInfo, Server } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CONFIG, type Config } from '../../config.js';

/** Where a listening server is, `http://host:port`. */
export function listeningAddress(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** The address by which browsers and packages reach the service: PUBLIC_URL, or where it listens. */
@Injectable()
export class PublicAddress {
  private listening: string | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly host: HttpAdapterHost,
  ) {}

  /** The address of a path that starts with a slash. */
  of(path: string): string {
    const server =
      this.config.publicUrl ?? (this.listening ??= listeningAddress(this.host.httpAdapter.getHttpServer() as Server));
    return `${server}${path}`;
  }
}
