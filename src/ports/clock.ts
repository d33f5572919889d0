/** Time, so that tests can set it. `now` is wall-clock; durations that guard safety use process.hrtime instead. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
