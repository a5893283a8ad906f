/** Thrown when an OCSP responder gave no answer that can be used. The message may be told to a station. */
export class OcspError extends Error {
  override readonly name = 'OcspError';
}
