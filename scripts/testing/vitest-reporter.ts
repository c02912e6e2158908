// Writes a line for each test as it ends, so that a run that is stopped has counts too.
import { appendFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";

export default class implements Reporter {
  private readonly file = process.env["VITEST_REPORT"];

  onTestCaseResult(testCase: TestCase): void {
    this.write(testCase.result().state);
  }

  /** A file that cannot be loaded, or whose hooks fail, has errors of its own; so has a group of tests. */
  onTestModuleEnd(testModule: TestModule): void {
    if (testModule.errors().length > 0) this.write("failed");
  }

  onTestSuiteResult(testSuite: TestSuite): void {
    if (testSuite.errors().length > 0) this.write("failed");
  }

  private write(state: string): void {
    if (this.file) appendFileSync(this.file, `${state}\n`);
  }
}
