/** A line of the table that `npm run bench` prints. */
export type Row = {
  figure: string;
  seen: string;
  goal?: string;
  /** Undefined where no goal is set. */
  reached?: boolean;
  baseline?: string;
  ratio?: string;
  /** How often it was measured, and how the value was chosen. */
  rounds: string;
};

/** @param getBuild the folder of a build with the bench's additions; the first call builds it */
export type Benchmark = (setup: { getBuild: () => string }) => Promise<Row[]>;
