import { hash } from 'node:crypto';
import { compress, MIN_COMPRESSED_BYTES, type Coding } from '../../platform/http/content-coding.js';

/** One representation of a body (RFC 9110, section 3.2), with a strong validator computed from its bytes. */
export interface Representation {
  readonly coding: Coding;
  readonly bytes: Buffer;
  readonly etag: string;
}

const TAG_CHARS = 27;

/**
 * A body that is sent to many clients in different content codings. Each coding is computed on first use and cached.
 */
export class CompressedBody {
  private readonly tag: string;
  private readonly representations = new Map<Coding, Representation>();
  private readonly pending = new Map<Coding, Promise<Representation>>();

  constructor(private readonly plain: Buffer) {
    this.tag = hash('sha256', plain, 'base64url').slice(0, TAG_CHARS);
  }

  get text(): string {
    return this.plain.toString();
  }

  /** Validator for representations whose bytes may differ (RFC 9110, section 8.8.1). */
  get weakEtag(): string {
    return `W/"${this.tag}"`;
  }

  /** Returns the body in the requested coding, or uncompressed if compression is not worthwhile. */
  async representationFor(requestedCoding: Coding): Promise<Representation> {
    const coding = this.plain.length < MIN_COMPRESSED_BYTES ? 'identity' : requestedCoding;
    return this.representations.get(coding) ?? (await this.encodeOnce(coding));
  }

  private encodeOnce(coding: Coding): Promise<Representation> {
    let pending = this.pending.get(coding);
    if (!pending) {
      pending = this.encode(coding).finally(() => this.pending.delete(coding));
      this.pending.set(coding, pending);
    }
    return pending;
  }

  private async encode(coding: Coding): Promise<Representation> {
    const bytes = coding === 'identity' ? this.plain : await compress(this.plain, coding);
    const etag = coding === 'identity' ? `"${this.tag}"` : `"${this.tag}-${coding}"`;
    const representation = { coding, bytes, etag };
    this.representations.set(coding, representation);
    return representation;
  }
}
