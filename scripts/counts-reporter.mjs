import { writeFileSync } from 'node:fs';
import { defaultReporter } from '@web/test-runner';

/** The runner's own report, and the true counts in a file when `COUNTS_FILE` says where. */
export function countsReporter() {
  const report = defaultReporter({ reportTestResults: true, reportTestProgress: false });
  return {
    ...report,
    stop(args) {
      if (process.env.COUNTS_FILE) writeFileSync(process.env.COUNTS_FILE, JSON.stringify(count(args.sessions)));
      return report.stop?.(args);
    },
  };
}

function count(sessions) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const session of sessions) {
    if (session.testResults) countSuite(session.testResults, totals);
    // a file that did not load or run has no failed test of its own: it counts as one
    if (!session.passed && !hasFailure(session.testResults)) totals.failed += 1;
  }
  return totals;
}

function countSuite(suite, totals) {
  for (const test of suite.tests) {
    if (test.skipped) totals.skipped += 1;
    else if (test.passed) totals.passed += 1;
    else totals.failed += 1;
  }
  for (const child of suite.suites) countSuite(child, totals);
}

function hasFailure(suite) {
  return Boolean(suite && (suite.tests.some((test) => !test.passed && !test.skipped) || suite.suites.some(hasFailure)));
}
