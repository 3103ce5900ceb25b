/** A body is not what its type `multipart/mixed` says (RFC 2046 5.1). */
export class MalformedMultipart extends Error {
  override readonly name = 'MalformedMultipart';
}
