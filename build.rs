//! data/ → the word lists as the program carries them: in one text, without comments (`lists.txt` and `radicals.txt`), and
//! the names of their groups in that order, as a Rust expression (`groups.rs`), with the numbers of those in the lists of
//! facts, items and headings (`stating.rs`).
//!
//! A comment is a line that starts with `#`. Files of examples (`*.examples.txt`) are for tests and stay out.

use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=data");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let mut files: Vec<PathBuf> = fs::read_dir("data/zh")?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| {
        let name = file.to_string_lossy();
        name.ends_with(".txt") && !name.ends_with(".examples.txt")
    });
    files.sort();
    let lists = files.iter().map(|file| bare(file)).collect::<Result<String>>()?;
    let names = lists.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect::<Vec<_>>();
    fs::write(out.join("groups.rs"), format!("&{names:?}"))?;
    let before = |name: &str| -> Result<usize> {
        let lists = files.iter().take_while(|file| !file.ends_with(name)).map(|file| bare(file));
        Ok(lists.collect::<Result<String>>()?.lines().filter(|line| line.starts_with('[')).count())
    };
    fs::write(out.join("stating.rs"), format!("{}..{}", before("facts.txt")?, before("plain.txt")?))?;
    fs::write(out.join("lists.txt"), lists)?;
    fs::write(out.join("radicals.txt"), bare(Path::new("data/radicals.txt"))?)
}

/// The lines that say something.
fn bare(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file)?;
    Ok(text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).flat_map(|line| [line, "\n"]).collect())
}
