/**
 * How much of a long test runs. `npm test` runs a part that shows the property; `npm run test:stress` sets TEST_SCALE
 * and runs all of it. Neither skips a test for its length.
 */
export const isStress = process.env["TEST_SCALE"] === "stress";

export const atScale = ({ usual, stress }: { usual: number; stress: number }): number =>
  isStress ? stress : usual;
