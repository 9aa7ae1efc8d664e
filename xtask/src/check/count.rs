//! Counting single test cases.

use anyhow::Context;

use super::watched::Outcome;

/// How many cases passed, and what each failure was.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    passed: usize,
    failures: Vec<String>,
}

impl Tally {
    /// One check that is a single case.
    pub(super) fn of_one(name: &str, passed: bool) -> Self {
        let mut tally = Self::default();
        match passed {
            true => tally.passed = 1,
            false => tally.fail(name.to_owned()),
        }
        tally
    }

    /// What a run of `cargo test` reports, over all its test programs.
    pub(super) fn of_cargo_test(outcome: &Outcome) -> Self {
        let mut tally = Self::default();
        let mut failed = 0;
        for line in outcome.output.lines() {
            if let Some(counts) = line.strip_prefix("test result: ") {
                tally.passed += number_before(counts, " passed");
                failed += number_before(counts, " failed");
            } else if let Some(name) =
                line.strip_prefix("test ").and_then(|rest| rest.split(" ... FAILED").next())
                && line.contains(" ... FAILED")
            {
                tally.fail(name.to_owned());
            }
        }
        // A case whose own output stands between its name and its outcome has no such line.
        for number in tally.failures.len()..failed {
            tally.fail(format!("case {} of {failed}, named above", number + 1));
        }
        tally.blame_the_runner(outcome)
    }

    /// Counts nextest's JUnit report.
    pub(super) fn of_junit(outcome: &Outcome, report: &str) -> anyhow::Result<Self> {
        let mut tally = Self::default();
        if !report.is_empty() {
            let report = roxmltree::Document::parse(report).context("nextest's report is not XML")?;
            for case in report.descendants().filter(|node| node.has_tag_name("testcase")) {
                let is_bad = |node: roxmltree::Node| {
                    node.has_tag_name("failure") || node.has_tag_name("error") || node.has_tag_name("skipped")
                };
                match case.children().any(is_bad) {
                    false => tally.passed += 1,
                    true => {
                        let attribute = |name| case.attribute(name).unwrap_or_default();
                        tally.fail(format!("{} {}", attribute("classname"), attribute("name")));
                    }
                }
            }
        }
        Ok(tally.blame_the_runner(outcome))
    }

    /// What vitest reports in its JSON form.
    pub(super) fn of_vitest(outcome: &Outcome, report: &str) -> anyhow::Result<Self> {
        let report: serde_json::Value =
            serde_json::from_str(report).context("vitest's report is not JSON")?;
        let mut tally = Self::default();
        let suites = report["testResults"].as_array().context("vitest's report has no test results")?;
        let cases = suites.iter().filter_map(|suite| suite["assertionResults"].as_array()).flatten();
        for case in cases {
            match case["status"].as_str() {
                Some("passed") => tally.passed += 1,
                _ => tally.fail(case["fullName"].as_str().unwrap_or("a case without a name").to_owned()),
            }
        }
        Ok(tally.blame_the_runner(outcome))
    }

    /// A program that failed without a failed case did not compile, or crashed.
    fn blame_the_runner(mut self, outcome: &Outcome) -> Self {
        if !outcome.success && self.failures.is_empty() {
            self.fail("it ended with an error before all cases had run".to_owned());
        }
        self
    }

    pub(super) fn fail(&mut self, what: String) {
        self.failures.push(what);
    }

    /// Adds what a step counted.
    pub(super) fn add(&mut self, step: &str, other: Self) {
        self.passed += other.passed;
        self.failures.extend(other.failures.into_iter().map(|failure| format!("{step}: {failure}")));
    }

    pub(super) fn passed(&self) -> usize {
        self.passed
    }

    pub(super) fn failures(&self) -> &[String] {
        &self.failures
    }
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Tally};

    fn outcome(success: bool, output: &str) -> Outcome {
        Outcome { success, output: output.to_owned() }
    }

    #[test]
    fn the_cases_of_all_test_programs_are_added() {
        let tally = Tally::of_cargo_test(&outcome(
            true,
            "running 12 tests\ntest a ... ok\n\
             test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
             test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
        ));
        assert_eq!((tally.passed(), tally.failures().len()), (15, 0));
    }

    #[test]
    fn a_failed_case_is_named() {
        let tally = Tally::of_cargo_test(&outcome(
            false,
            "test keys::opens ... FAILED\n\
             test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n",
        ));
        assert_eq!((tally.passed(), tally.failures()), (4, &["keys::opens".to_owned()][..]));
    }

    #[test]
    fn a_test_program_that_crashes_counts_as_failed() {
        let tally = Tally::of_cargo_test(&outcome(false, "running 2 tests\ntest a ... ok\n"));
        assert_eq!((tally.passed(), tally.failures().len()), (0, 1));
    }

    #[test]
    fn nextest_cases_are_counted_one_by_one() {
        let report = r#"<testsuites><testsuite name="app"><testcase name="a" classname="app"/>
            <testcase name="b::c" classname="app::app"><failure type="test failure">why</failure></testcase>
            <testcase name="d" classname="app"><error type="timeout"/></testcase></testsuite></testsuites>"#;
        let tally = Tally::of_junit(&outcome(false, ""), report).unwrap();
        assert_eq!(
            (tally.passed(), tally.failures()),
            (1, &["app::app b::c".to_owned(), "app d".to_owned()][..])
        );
    }

    #[test]
    fn tests_that_do_not_compile_count_as_failed() {
        let tally = Tally::of_junit(&outcome(false, ""), "").unwrap();
        assert_eq!((tally.passed(), tally.failures().len()), (0, 1));
    }

    #[test]
    fn vitest_cases_are_counted_one_by_one() {
        let report = r#"{"testResults":[{"assertionResults":[
            {"status":"passed","fullName":"a"},{"status":"failed","fullName":"b c"}]}]}"#;
        let tally = Tally::of_vitest(&outcome(false, ""), report).unwrap();
        assert_eq!((tally.passed(), tally.failures()), (1, &["b c".to_owned()][..]));
    }

    #[test]
    fn failures_carry_the_step_that_they_belong_to() {
        let mut total = Tally::default();
        total.add("format", Tally::of_one("rustfmt", false));
        assert_eq!(total.failures(), ["format: rustfmt"]);
    }
}
