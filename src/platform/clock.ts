import { Injectable } from '@nestjs/common';

/** The source of the current time. Tests replace it with a fixed clock; nothing else calls Date.now(). */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  nowMs(): number {
    return this.now().getTime();
  }
}
