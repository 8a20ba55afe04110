//! The repository → a count of what passed and failed: every check of CI, in the order of how fast it tells.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::build::build;
use crate::install::{Need, all, browsers};
use crate::process::{Outcome, command, line, root, run};

/// Tests, or checks where a step is one check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    passed: usize,
    failed: usize,
}

/// What happened so far.
#[derive(Default)]
struct Report {
    total: Count,
    steps: Vec<(&'static str, Duration, Count)>,
}

impl Report {
    /// Does a step, whatever became of those before it: one run should tell everything that is wrong.
    fn step(&mut self, name: &'static str, work: impl FnOnce() -> Count) {
        println!("\n== {name}");
        let start = Instant::now();
        let count = work();
        self.total.passed += count.passed;
        self.total.failed += count.failed;
        self.steps.push((name, start.elapsed(), count));
    }

    fn finish(&self) -> Outcome {
        println!();
        for (name, time, count) in &self.steps {
            let verdict = if count.failed == 0 { "ok" } else { "FAILED" };
            println!(
                "{name:<34} {:>6.1} s  {verdict:<6} {:>5} passed {:>3} failed",
                time.as_secs_f32(),
                count.passed,
                count.failed
            );
        }
        let time: Duration = self.steps.iter().map(|step| step.1).sum();
        println!("{:<34} {:>6.1} s", "all", time.as_secs_f32());
        println!("\n{} passed, {} failed", self.total.passed, self.total.failed);
        if self.total.failed == 0 { Ok(()) } else { Err("something failed".to_owned()) }
    }
}

/// All checks and tests; without a browser for a quick look at home.
pub fn check(browser: bool) -> Outcome {
    let start = Instant::now();
    let needs = [Need::Toolchain, Need::Node, Need::Spark, Need::Browsers, Need::Office];
    all(if browser { &needs } else { &needs[..3] })?;
    println!("installed in {:.1} s", start.elapsed().as_secs_f32());
    let cargo = |args: &[&str]| command("cargo", args);
    let mut report = Report::default();
    report.step("format", || one(run(&mut cargo(&["fmt", "--all", "--check"]))));
    // bindgen is thirty lines around a published program: checking it would compile that program twice more.
    let ours = ["--workspace", "--exclude", "bindgen", "--features", "policy-reader/cli"];
    report.step("lints, native", || {
        one(run(cargo(&["clippy", "--all-targets"]).args(ours).args(["--", "-D", "warnings"])))
    });
    report.step("lints, wasm32", || {
        let wasm = ["clippy", "--target", "wasm32-unknown-unknown", "--lib", "--", "-D", "warnings"];
        one(run(&mut cargo(&wasm)))
    });
    report.step("documentation", || one(run(cargo(&["doc", "--no-deps", "--lib"]).env("RUSTDOCFLAGS", "-D warnings"))));
    report.step("unit, case, invariant, tidy tests", || counted(cargo(&["test", "--no-fail-fast"]).args(ours)));
    report.step("module and pkg/", || one(build()));
    report.step("JavaScript, format", || {
        let files = ["{www,tests/browser,tools,benches}/*.{js,mjs,css}", "pkg/policy-reader.d.ts"];
        one(run(command("node_modules/.bin/prettier", ["--check", "--no-error-on-unmatched-pattern"]).args(files)))
    });
    report.step("JavaScript, types", || one(run(&mut command("node_modules/.bin/tsc", ["--project", "."]))));
    if browser {
        report.step("browser tests", || {
            let browsers = match browsers() {
                Ok(browsers) => browsers,
                Err(error) => return one(Err(error)),
            };
            counted(command("node", ["--test", "--test-reporter=spec"]).args(browser_tests()).envs(browsers))
        });
    }
    report.step("Spark example", || one(crate::measure::spark()));
    report.step("size", || one(run(&mut command("node", ["tools/size.mjs"]))));
    report.finish()
}

/// Named one by one: what a folder means to `node --test` differs between its versions.
fn browser_tests() -> Vec<String> {
    let folder = "tests/browser";
    let entries = std::fs::read_dir(root().join(folder)).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut paths: Vec<String> =
        names.filter(|name| name.ends_with(".test.mjs")).map(|name| format!("{folder}/{name}")).collect();
    paths.sort();
    paths
}

/// A step that is one check.
fn one(outcome: Outcome) -> Count {
    match outcome {
        Ok(()) => Count { passed: 1, failed: 0 },
        Err(error) => {
            println!("{error}");
            Count { passed: 0, failed: 1 }
        }
    }
}

/// Runs tests, showing what they print and adding up the counts that they print themselves.
fn counted(command: &mut Command) -> Count {
    let mut total = Count::default();
    let ended = command.stdout(Stdio::piped()).spawn().and_then(|mut child| {
        if let Some(out) = child.stdout.take() {
            for text in BufReader::new(out).lines() {
                let text = text?;
                println!("{text}");
                let count = count(&text);
                total.passed += count.passed;
                total.failed += count.failed;
            }
        }
        child.wait()
    });
    let well = matches!(&ended, Ok(status) if status.success());
    // A run that broke off, or tests that were never found, must not pass for lack of a failure.
    if (!well && total.failed == 0) || total == Count::default() {
        println!("`{}` did not end well, or ran no test", line(command));
        total.failed += 1;
    }
    total
}

/// The counts in a line of libtest's or of Node's own test runner.
fn count(line: &str) -> Count {
    let number = |words: &mut dyn Iterator<Item = &str>| words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
    if let Some(rest) = line.strip_prefix("test result: ") {
        // "ok. 3 passed; 0 failed; …"
        let mut parts = rest.split_once(". ").map_or("", |(_, counts)| counts).split("; ");
        let mut next = || number(&mut parts.next().unwrap_or_default().split(' '));
        return Count { passed: next(), failed: next() };
    }
    let mut words = line.strip_prefix("\u{2139} ").unwrap_or_default().split(' ');
    match words.next() {
        Some("pass") => Count { passed: number(&mut words), failed: 0 },
        Some("fail" | "cancelled") => Count { passed: 0, failed: number(&mut words) },
        _ => Count::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_the_lines_that_hold_them() {
        let cases = [
            ("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured", 12, 0),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored", 3, 2),
            ("\u{2139} pass 7", 7, 0),
            ("\u{2139} fail 1", 0, 1),
            ("\u{2139} cancelled 4", 0, 4),
            ("\u{2139} duration_ms 99", 0, 0),
            ("  pass 7", 0, 0),
            ("test a::b ... ok", 0, 0),
        ];
        for (line, passed, failed) in cases {
            assert_eq!(count(line), Count { passed, failed }, "{line}");
        }
    }

    #[test]
    fn a_run_without_a_count_fails() {
        assert_eq!(counted(&mut command("true", [""; 0])).failed, 1);
        assert_eq!(counted(&mut command("false", [""; 0])).failed, 1);
        assert_eq!(
            counted(&mut command("echo", ["test result: ok. 2 passed; 0 failed;"])),
            Count { passed: 2, failed: 0 }
        );
    }
}
