import { Injectable } from '@nestjs/common';

/** Where the time comes from. Tests hand in one that stands still; nothing else calls Date.now(). */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  nowMs(): number {
    return this.now().getTime();
  }
}
