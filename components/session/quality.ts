import type { Connection, Quality } from './types.js';

const fairLatency = 200;
const poorLatency = 600;
/** Lost connections count for this long, milliseconds. */
const memory = 60_000;

/** How good the connection is: round trips, smoothed, and how often it was lost lately. */
export class QualityMeter {
  latency: number | null = null;
  #losses: number[] = [];

  measured(milliseconds: number): void {
    this.latency = Math.round(this.latency === null ? milliseconds : this.latency * 0.7 + milliseconds * 0.3);
  }

  lost(): void {
    this.#losses = [...this.#losses.slice(-9), Date.now()];
  }

  quality(connection: Connection): Quality {
    const losses = this.#losses.filter((at) => at > Date.now() - memory).length;
    const latency = this.latency ?? 0;
    if (connection === 'reconnecting' || latency >= poorLatency || losses >= 3) return 'poor';
    return latency >= fairLatency || losses >= 1 ? 'fair' : 'good';
  }
}
