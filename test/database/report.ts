/** What a second process tells the test that started it, one line each (child.ts). */
export const report = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export const toRefusal = (error: unknown): string =>
  `refused: ${error instanceof Error ? error.message : String(error)}`;
