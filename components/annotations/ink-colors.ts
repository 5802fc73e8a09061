/** One of the pencil's and laser's colours. */
export interface InkColor {
  /** Also the key of its translation. */
  name: InkColorName;
  /** `#rrggbb`. */
  value: string;
}
export type InkColorName = 'red' | 'orange' | 'green' | 'blue' | 'purple' | 'black';

/**
 * Each has at least 3:1 on white, and any two can be told apart with any of the usual colour blindnesses (the test
 * computes it).
 */
export const INK_COLORS: readonly InkColor[] = [
  { name: 'red', value: '#e5173f' },
  { name: 'orange', value: '#d97706' },
  { name: 'green', value: '#007a4d' },
  { name: 'blue', value: '#2b7de9' },
  { name: 'purple', value: '#d13bd1' },
  { name: 'black', value: '#1f2328' },
];
