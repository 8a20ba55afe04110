//! The program, broken in one place after another → which breaks no test notices.
//!
//! `cargo-mutants` makes the breaks: a function that returns a default, `<` for `<=`, a condition that always holds. A
//! break that no test notices is a line whose value no test holds. All of them would take a day, so a sample is drawn: every
//! so manieth in the order of the sources, so that each file has its share. A seed says where to begin; the same one draws
//! the same of the same sources, and others draw others.

use std::fs;
use std::path::Path;

use crate::install::{Need, all};
use crate::process::{Outcome, command, read, target};

/// What is broken where nothing else is asked for: all that decides what a reader is told.
const PATHS: [&str; 10] = [
    "src/facts*",
    "src/summary*",
    "src/annotations*",
    "src/outline*",
    "src/clauses*",
    "src/view*",
    "src/lexicon*",
    "src/numbering*",
    "src/practices*",
    "src/blocks*",
];

/// Tests that hold values. The others hold promises about any text at all, over large ones: they would take most of the
/// time and notice little that these do not.
const TESTS: [&str; 6] = ["cases", "facts", "annotations", "tables", "plain", "spacing"];

/// Seconds for the tests of one break; without a break they take a few. What runs on for longer is a loop, and caught.
const TIMEOUT: u32 = 60;

/// Draws `sample` breaks by `seed` from the files of `paths` (all of [`PATHS`] where there are none), and tries them.
pub fn mutants(sample: usize, seed: u64, paths: &[String]) -> Outcome {
    all(&[Need::Toolchain, Need::Mutants])?;
    let mut files: Vec<String> = Vec::new();
    let paths = if paths.is_empty() { PATHS.map(str::to_owned).to_vec() } else { paths.to_vec() };
    for path in &paths {
        files.extend(["--file".to_owned(), path.clone()]);
        // `src/facts*` is the file and not what stands in the folder of that name.
        files.extend(path.strip_suffix('*').iter().flat_map(|path| ["--file".to_owned(), format!("{path}/**")]));
    }
    let listed = read(command("cargo", ["mutants", "--list", "--colors", "never"]).args(&files))?;
    let all = listed.lines().filter(|line| !line.is_empty()).count();
    if all == 0 {
        return Err(format!("nothing to break in {}", paths.join(" ")));
    }
    let (start, step) = draw(all, sample, seed);
    println!("every {step}th of {all} breaks, from {start} on");
    let folder = target().join("mutants");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    // Without a trial of the unbroken program: `cargo test` is that.
    let mut cargo =
        command("cargo", ["mutants", "--baseline", "skip", "--jobs", "2", "--cap-lints", "true", "--features", "cli"]);
    cargo.args(["--sharding", "round-robin", "--shard", &format!("{start}/{step}")]);
    cargo.args(["--timeout", &TIMEOUT.to_string(), "--profile", "mutants", "--colors", "never", "--output"]);
    cargo.arg(&folder).args(&files).args(["--", "--lib"]);
    cargo.args(TESTS.iter().flat_map(|test| ["--test", test]));
    // It ends with an error where a break was missed; that is for the report to tell.
    cargo.status().map_err(|error| format!("cargo mutants: {error}"))?;
    report(&folder.join("mutants.out"), (all - start).div_ceil(step))
}

/// Prints how many were caught, and every one that was not.
fn report(folder: &Path, drawn: usize) -> Outcome {
    let lines = |name: &str| -> Vec<String> {
        let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    };
    let (missed, unviable) = (lines("missed.txt"), lines("unviable.txt"));
    let caught = lines("caught.txt").len() + lines("timeout.txt").len();
    for line in &missed {
        println!("missed: {line}");
    }
    let viable = caught + missed.len();
    println!("{caught} caught, {} missed, {} unviable", missed.len(), unviable.len());
    println!("{} % of {viable} viable breaks are noticed", 100 * caught / viable.max(1));
    let tried = viable + unviable.len();
    if tried == drawn { Ok(()) } else { Err(format!("{tried} of {drawn} were tried: see {}", folder.display())) }
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
