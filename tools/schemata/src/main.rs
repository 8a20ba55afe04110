//! `schemata SCRATCH SAMPLE SEED FILES…` → how many of that many breaks of the files the tests notice, and which not.
//!
//! `cargo-mutants` tells the breaks: a function that returns a default, `<` for `<=`, a condition that always holds. It
//! compiles the program anew for each, which takes a minute; here a copy of the program is compiled once with all of the
//! sample, and a switch (`rewrite`, after "mutant schemata" of Untch, Offutt and Harrold). Then a break takes as long as the
//! tests do until one of them fails (`trial`).

mod rewrite;
mod trial;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use rewrite::Break;
use serde_json::Value;
use trial::{SWITCH, Tests};

/// Tests that are not tried: of the look of the sources, which the rewriting changes, and promises about any text at all,
/// which take longer than all others and notice nearly nothing that those do not.
const NO_TESTS: [&str; 2] = ["tidy", "invariants"];

/// How often the compiler may find more that it refuses: it tells types before lifetimes.
const ROUNDS: usize = 20;

fn main() -> ExitCode {
    match sample(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("schemata: {message}");
            ExitCode::FAILURE
        }
    }
}

fn sample(args: &[String]) -> Result<(), String> {
    let [scratch, sample, seed, files @ ..] = args else { return Err("SCRATCH SAMPLE SEED FILES…".to_owned()) };
    let (sample, seed) = (sample.parse().map_err(|_| "what sample?")?, seed.parse().map_err(|_| "what seed?")?);
    let start = Instant::now();
    let mut list = Command::new("cargo");
    list.args(["mutants", "--list", "--json"]).args(files.iter().flat_map(|file| ["--file", file]));
    let Value::Array(all) = serde_json::from_str(&output(&mut list)?).map_err(|error| error.to_string())? else {
        return Err("cargo mutants printed no list".to_owned());
    };
    let (from, step) = draw(all.len(), sample, seed);
    let drawn: Vec<Break> =
        all.iter().skip(from).step_by(step).zip(1..).filter_map(|(value, id)| Break::read(id, value)).collect();
    println!("{} of {} breaks: every {step}th from {from} on", drawn.len(), all.len());
    let tree = Tree::copy(Path::new(scratch))?;
    let refused = tree.compile(&drawn)?;
    let tests = tree.tests()?;
    println!("compiled after {} s", start.elapsed().as_secs());
    for tests in &tests {
        println!("  {:.1} s {}", tests.takes.as_secs_f64(), tests.name);
    }
    let viable: Vec<usize> = drawn.iter().map(|b| b.id).filter(|id| !refused.all().any(|other| other == *id)).collect();
    let found = trial::run(&tests, &viable, &tree.root)?;
    let mut report: Vec<String> = Vec::new();
    let name = |id: usize| drawn.iter().find(|b| b.id == id).map_or("", |b| &b.name);
    for (id, noticed) in &found {
        report.push(match noticed {
            Some((tests, failure)) => format!("caught: {} ({tests}: {failure})", name(*id)),
            None => format!("missed: {}", name(*id)),
        });
    }
    report.extend(refused.branches.iter().map(|id| format!("unviable: {}", name(*id))));
    report.extend(refused.sites.iter().map(|id| format!("not expressible: {}", name(*id))));
    report.sort();
    let path = Path::new(scratch).join(format!("sample-{seed}.txt"));
    fs::write(&path, report.join("\n")).map_err(|error| format!("{}: {error}", path.display()))?;
    report.iter().filter(|line| line.starts_with("missed")).for_each(|line| println!("{line}"));
    let caught = found.iter().filter(|(_, noticed)| noticed.is_some()).count();
    let missed = viable.len() - caught;
    let (unviable, others) = (refused.branches.len(), refused.sites.len());
    println!("{caught} caught, {missed} missed, {unviable} unviable, {others} not expressible");
    println!("{} % of {} viable breaks are noticed", 100 * caught / viable.len().max(1), viable.len());
    println!("{} minutes; all of them: {}", start.elapsed().as_secs() / 60, path.display());
    Ok(())
}

/// Breaks that the compiler refuses: by their own code, or by what the rewriting put around.
#[derive(Default)]
struct Refused {
    branches: BTreeSet<usize>,
    sites: BTreeSet<usize>,
}

impl Refused {
    fn all(&self) -> impl Iterator<Item = usize> {
        self.branches.iter().chain(&self.sites).copied()
    }
}

/// The copy of the program.
struct Tree {
    root: PathBuf,
    target: PathBuf,
}

impl Tree {
    /// What git knows of, and what is new.
    fn copy(scratch: &Path) -> Result<Self, String> {
        let tree = Self { root: scratch.join("tree/policy-reader"), target: scratch.join("target") };
        let listed = output(Command::new("git").args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "--deduplicate",
        ]))?;
        for file in listed.lines() {
            if let Ok(bytes) = fs::read(file) {
                tree.write(file, &bytes)?;
            }
        }
        // Texts that some tests read stand beside the program.
        let (shared, link) = (fs::canonicalize("../shared"), scratch.join("tree/shared"));
        if let Ok(shared) = shared
            && !link.exists()
        {
            std::os::unix::fs::symlink(shared, &link).map_err(|error| format!("{}: {error}", link.display()))?;
        }
        Ok(tree)
    }

    /// What is as it was stays, for what is compiled of it to stay.
    fn write(&self, file: &str, bytes: &[u8]) -> Result<(), String> {
        let path = self.root.join(file);
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, bytes))
            .map_err(|e| format!("{}: {e}", path.display()))
    }

    /// Writes the breaks into the copy, without those that the compiler refuses.
    fn compile(&self, drawn: &[Break]) -> Result<Refused, String> {
        let switch = format!(
            "\n/// The break that is on.\n#[doc(hidden)]\npub fn broken() -> usize {{\n    static ON: std::sync::LazyLock<usize> =\n        \
             std::sync::LazyLock::new(|| std::env::var(\"{SWITCH}\").ok().and_then(|id| id.parse().ok()).unwrap_or(0));\n    *ON\n}}\n"
        );
        let files: BTreeSet<&str> = drawn.iter().map(|b| b.file.as_str()).collect();
        let mut refused = Refused::default();
        for _ in 0..ROUNDS {
            for file in &files {
                let source = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
                let known: BTreeSet<usize> = refused.all().collect();
                let breaks: Vec<&Break> = drawn.iter().filter(|b| b.file == *file && !known.contains(&b.id)).collect();
                let (mut text, unviable, lost) =
                    rewrite::rewrite(&source, &breaks).map_err(|error| format!("{file}: {error}"))?;
                refused.branches.extend(unviable);
                refused.sites.extend(lost);
                if *file == "src/lib.rs" {
                    text += &switch;
                }
                self.write(file, text.as_bytes())?;
            }
            if !files.contains("src/lib.rs") {
                let lib = fs::read_to_string("src/lib.rs").map_err(|error| format!("src/lib.rs: {error}"))?;
                self.write("src/lib.rs", (lib + &switch).as_bytes())?;
            }
            let errors = self.cargo(&["check", "--lib"], "compiler-message")?;
            let known = refused.all().count();
            let mut others = Vec::new();
            for error in errors.iter().map(|line| &line["message"]).filter(|message| message["level"] == "error") {
                let ids = self.blame(error)?;
                match ids.as_slice() {
                    [] => others.push(error["rendered"].as_str().unwrap_or_default()),
                    [id] => drop(refused.branches.insert(*id)),
                    ids => refused.sites.extend(ids),
                }
            }
            if errors.iter().all(|line| line["message"]["level"] != "error") {
                return Ok(refused);
            }
            if refused.all().count() == known {
                return Err(others.join("\n"));
            }
        }
        Err("the compiler finds more and more".to_owned())
    }

    /// Whose an error is.
    fn blame(&self, error: &Value) -> Result<Vec<usize>, String> {
        for span in error["spans"].as_array().into_iter().flatten().filter(|span| span["is_primary"] == true) {
            let Some(path) = span["file_name"].as_str().map(|file| self.root.join(file)) else { continue };
            let source = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let at = span["byte_start"].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
            let ids = rewrite::whose(&source, at);
            if !ids.is_empty() {
                return Ok(ids);
            }
        }
        Ok(Vec::new())
    }

    /// Every test program of the copy.
    fn tests(&self) -> Result<Vec<Tests>, String> {
        let built = self.cargo(&["test", "--no-run", "--lib", "--test", "*"], "compiler-artifact")?;
        let programs = built.iter().filter_map(|line| {
            let (name, program) = (line["target"]["name"].as_str()?, line["executable"].as_str()?);
            let wanted = line["profile"]["test"] == true && !NO_TESTS.contains(&name);
            wanted.then(|| Tests::new(name.to_owned(), program.into(), &self.root))
        });
        programs.collect()
    }

    /// The lines of a kind that cargo prints as JSON.
    fn cargo(&self, args: &[&str], kind: &str) -> Result<Vec<Value>, String> {
        let mut cargo = Command::new("cargo");
        cargo.args(args).args([
            "--profile",
            "mutants",
            "--features",
            "cli",
            "--message-format",
            "json",
            "--target-dir",
        ]);
        cargo.arg(&self.target).current_dir(&self.root).stderr(Stdio::null()).env("RUSTFLAGS", "--cap-lints allow");
        let output = cargo.output().map_err(|error| format!("cargo: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        if args[0] == "test" && !output.status.success() {
            let errors = lines.iter().filter_map(|line| line["message"]["rendered"].as_str());
            return Err(errors.collect::<Vec<_>>().join("\n"));
        }
        Ok(lines.into_iter().filter(|line| line["reason"] == kind).collect())
    }
}

/// Runs it and returns what it printed.
fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() { Ok(text) } else { Err(format!("{command:?} ended with {}", output.status)) }
}

/// Where to begin and how far to step, for that many of all.
fn draw(all: usize, sample: usize, seed: u64) -> (usize, usize) {
    let step = (all / sample.max(1)).max(1);
    let mut state = seed;
    (usize::try_from(next(&mut state) % step as u64).unwrap_or(0), step)
}

/// Steele, Lea and Flood's `SplitMix64`: any seed will do, 0 and 1 as well.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_the_same_and_another_seed_others() {
        assert_eq!(draw(6000, 300, 1), draw(6000, 300, 1));
        assert_eq!(draw(6000, 300, 1).1, 20);
        let starts: Vec<usize> = (1..10).map(|seed| draw(6000, 300, seed).0).collect();
        assert!(starts.iter().all(|start| *start < 20));
        assert!(starts.iter().any(|start| *start != starts[0]), "{starts:?}");
        assert_eq!(draw(5, 300, 7), (0, 1), "all there are");
    }
}
