//! The program, broken in one place after another → which breaks no test notices.
//!
//! `cargo-mutants` knows the breaks: a function that returns a default, `<` for `<=`, a condition that always holds. A
//! break that no test notices is a line whose value no test holds. All of them would take a day, so a sample is drawn: every
//! so manieth in the order of the sources, so that each file has its share. A seed says where to begin; the same one draws
//! the same of the same sources, and others draw others. `tools/schemata` compiles the sample at once and tries it.

use crate::install::{Need, all};
use crate::process::{Outcome, command, run, target};

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

/// Draws `sample` breaks by `seed` from the files of `paths` (all of [`PATHS`] where there are none), and tries them.
pub fn mutants(sample: usize, seed: u64, paths: &[String]) -> Outcome {
    all(&[Need::Toolchain, Need::Mutants])?;
    let paths = if paths.is_empty() { PATHS.map(str::to_owned).to_vec() } else { paths.to_vec() };
    let mut schemata = command("cargo", ["run", "--quiet", "--profile", "tools", "--package", "schemata", "--"]);
    schemata.arg(target().join("mutants")).args([sample.to_string(), seed.to_string()]);
    for path in &paths {
        // `src/facts*` is the file and not what stands in the folder of that name.
        let inside = path.strip_suffix('*').map(|path| format!("{path}/**"));
        schemata.arg(path).args(inside);
    }
    run(&mut schemata)
}
