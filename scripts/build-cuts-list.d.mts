/** A library as it is installed, and what of it is left out. */
export interface Library {
  /** Below `node_modules`. */
  file: string;
  /** Of the file; another one fails the build. */
  sha256: string;
  /** Functions, classes and methods (`Class.method`) that nothing calls. */
  remove?: string[];
  /** Functions that are called and have nothing to do. */
  empty?: string[];
  /** Enums whose names are replaced by their numbers. */
  enums?: string[];
  /** Text, what stands in its place, and how often it is there, once if not said. */
  edits: ([from: string, to: string] | [from: string, to: string, times: number])[];
}

export const LIBRARIES: Library[];
/** Code of whole modules, by their path below `node_modules`. */
export const STAND_INS: Record<string, string>;
