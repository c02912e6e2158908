/**
 * How much of a long test runs. `npm test` takes a share of it that shows the property; `npm run test:stress` sets
 * TEST_SCALE and takes all. No test is left out of either for its length.
 */
export const isStress = process.env["TEST_SCALE"] === "stress";

export const atScale = ({ usual, stress }: { usual: number; stress: number }): number =>
  isStress ? stress : usual;
