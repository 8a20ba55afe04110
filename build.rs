//! data/ → the word lists as the program carries them: tables that it uses as they are (`lists.rs`), and the characters
//! that stand for others (`radicals.txt`).
//!
//! A comment is a line that starts with `#`. Files of examples (`*.examples.txt`) are for tests and stay out.

#[path = "build/lists.rs"]
mod lists;
#[path = "src/lexicon/narrow.rs"]
mod narrow;

use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let mut files: Vec<PathBuf> = fs::read_dir("data/zh")?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| {
        let name = file.to_string_lossy();
        name.ends_with(".txt") && !name.ends_with(".examples.txt")
    });
    files.sort();
    let text = files.iter().map(fs::read_to_string).collect::<Result<Vec<_>>>()?.join("\n");
    let tables = lists::tables(&lists::groups(&text), narrow::narrow);
    let lists::Tables { names, sorted, settings, starts, words, outs, written } = tables;
    fs::write(out.join("names.rs"), format!("&{names:?}"))?;
    fs::write(out.join("sorted.rs"), format!("&{sorted:?}"))?;
    fs::write(out.join("settings.txt"), settings)?;
    fs::write(out.join("starts.rs"), format!("&{starts:?}"))?;
    fs::write(out.join("words.txt"), words)?;
    fs::write(out.join("outs.rs"), format!("&{outs:?}"))?;
    fs::write(out.join("written.txt"), written)?;
    fs::write(out.join("radicals.txt"), bare(Path::new("data/radicals.txt"))?)
}

/// The lines that say something.
fn bare(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file)?;
    Ok(text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).flat_map(|line| [line, "\n"]).collect())
}
