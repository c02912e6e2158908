import type { Random } from "./tools/random";

/** What a check found; `problems` has a sentence for the first of each kind. */
export type Counts = { lost: number; twice: number; wrong: number; problems: string[] };

/** A line of the table at the end. `recovery` has times in milliseconds. */
export type Result = Omit<Counts, "problems"> & {
  what: string;
  howMany: string;
  problems?: string[];
  note?: string;
  recovery?: number[];
};

/** What every scenario is given besides its size. */
export type Setup = {
  random: Random;
  /** The folder of another build, for scenarios with two versions. */
  beside: string | undefined;
};

export type Scenario<Size> = (options: Size & Setup) => Promise<Result | Result[]>;
