/** The name is also the key of its translation. */
export interface InkColor {
  name: InkColorName;
  /** `#rrggbb`. */
  value: string;
}
export type InkColorName = 'red' | 'orange' | 'green' | 'blue' | 'purple' | 'black';

export const INK_COLORS: readonly InkColor[] = [
  { name: 'red', value: '#d9263f' },
  { name: 'orange', value: '#c75a00' },
  { name: 'green', value: '#00855a' },
  { name: 'blue', value: '#1668dc' },
  { name: 'purple', value: '#8a3ffc' },
  { name: 'black', value: '#1f2328' },
];
