/** A part of a request that is no attachment as Comm 1.5.2 wants it. */
export class PartRefused extends Error {
  override readonly name = 'PartRefused';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** More bytes than the service takes (Comm 3.2). */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}
