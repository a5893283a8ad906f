/** Thrown when an OCSP responder gave no usable answer. The message may be sent to a charge point. */
export class OcspError extends Error {
  override readonly name = 'OcspError';
}
