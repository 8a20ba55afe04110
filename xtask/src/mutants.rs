//! The program, broken in one place after another → which breaks no test notices.
//!
//! `cargo-mutants` makes the breaks: a function that returns a default, `<` for `<=`, a condition that always holds. A
//! break that no test notices is a line whose value no test holds. All of them would take a day, so a sample is drawn: the
//! same seed draws the same of the same sources.

use std::fmt::Write as _;
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
    let names: Vec<&str> = listed.lines().filter(|line| !line.is_empty()).collect();
    let drawn = draw(&names, sample, seed);
    println!("{} of {} breaks, seed {seed}", drawn.len(), names.len());
    if drawn.is_empty() {
        return Err(format!("nothing to break in {}", paths.join(" ")));
    }
    let folder = target().join("mutants");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let config = folder.join("config.toml");
    fs::write(&config, chosen(&drawn)).map_err(|error| format!("{}: {error}", config.display()))?;
    // It ends with an error where it misses one; that is the report's to tell.
    let mut cargo =
        command("cargo", ["mutants", "--no-shuffle", "--baseline", "skip", "--jobs", "2", "--cap-lints", "true"]);
    cargo.args(["--timeout", &TIMEOUT.to_string(), "--profile", "mutants", "--colors", "never", "--config"]);
    cargo.arg(&config).arg("--output").arg(&folder).args(&files).args(["--", "--features", "cli", "--lib"]);
    cargo.args(TESTS.iter().flat_map(|test| ["--test", test]));
    cargo.status().map_err(|error| format!("cargo mutants: {error}"))?;
    report(&folder.join("mutants.out"), drawn.len())
}

/// A configuration that names the drawn breaks, each as a pattern that is its name.
fn chosen(names: &[&str]) -> String {
    let mut out = String::from("examine_re = [\n");
    for name in names {
        let _ = writeln!(out, "    '''^{}$''',", escaped(name));
    }
    out + "]\n"
}

fn escaped(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
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
    println!("{:.1} % of {viable} viable breaks are noticed", 100.0 * caught as f64 / viable.max(1) as f64);
    let tried = viable + unviable.len();
    if tried == drawn { Ok(()) } else { Err(format!("{tried} of {drawn} were tried: see {}", folder.display())) }
}

/// So many of them, by Fisher and Yates, in the order in which they stand.
fn draw<'n>(names: &[&'n str], count: usize, seed: u64) -> Vec<&'n str> {
    let mut places: Vec<usize> = (0..names.len()).collect();
    let mut state = seed;
    for at in 0..count.min(places.len()) {
        let other = at + usize::try_from(next(&mut state) % (places.len() - at) as u64).unwrap_or(0);
        places.swap(at, other);
    }
    places.truncate(count);
    places.sort_unstable();
    places.into_iter().filter_map(|at| names.get(at).copied()).collect()
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
        let names: Vec<String> = (0..1000).map(|at| format!("src/a.rs:{at}:1: replace < with <=")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let drawn = draw(&names, 300, 1);
        assert_eq!(drawn, draw(&names, 300, 1));
        assert_ne!(drawn, draw(&names, 300, 2));
        assert_eq!(drawn.len(), 300);
        assert!(drawn.iter().all(|name| drawn.iter().filter(|other| other == &name).count() == 1));
        assert_eq!(draw(&names, 5000, 1), names);
        assert!(draw(&[], 3, 1).is_empty());
    }

    #[test]
    fn a_name_is_its_own_pattern() {
        let name = "src/a.rs:1:2: replace f -> Option<&'a str> with Some(\"\")";
        assert_eq!(
            chosen(&[name]),
            "examine_re = [\n    '''^src/a\\.rs:1:2: replace f \\-> Option<\\&'a str> with Some\\(\"\"\\)$''',\n]\n"
        );
    }
}
