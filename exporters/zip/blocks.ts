const BLOCK_BYTES = 64 * 1024;

/** The same bytes in chunks that are worth a write: archiver gives each field of a header as a chunk of its own. */
export async function* inBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    if (bytes + chunk.length < BLOCK_BYTES) {
      waiting.push(chunk);
      bytes += chunk.length;
      continue;
    }
    // Large chunks are passed on as they are: joining would copy them.
    if (bytes > 0) yield Buffer.concat(waiting);
    yield chunk;
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
