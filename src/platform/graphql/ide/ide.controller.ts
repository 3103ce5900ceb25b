import { readFile } from 'node:fs/promises';
import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/public.decorator.js';
import { buildOutput } from '../../build-output.js';
import { IDE_PATH } from './ide-page.js';

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['main.js', 'text/javascript; charset=utf-8'],
  ['main.css', 'text/css; charset=utf-8'],
]);

/** Script and styles of the IDE, as scripts/build-ide.mjs made them. */
@Controller(IDE_PATH)
export class IdeController {
  @Public()
  @Get(':file')
  async file(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const mediaType = MEDIA_TYPES.get(file);
    if (!mediaType) throw new NotFoundException(`The IDE has no file ${file}.`);
    const content = await readFile(buildOutput(`ide/${file}`));
    void reply
      .headers({
        'content-type': mediaType,
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, max-age=300',
      })
      .send(content);
  }
}
