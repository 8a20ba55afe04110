//! data/ → the word lists as the program carries them: tables that it uses as they are, weights, and the characters that
//! stand for others (`radicals.txt`). What is wrong in a list fails the build, by file and line.
//!
//! Files of examples (`*.examples.txt`) are for tests and stay out.

#[path = "build/lists.rs"]
mod lists;
#[path = "src/lexicon/narrow.rs"]
mod narrow;

use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    for path in ["data", "build", "src"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for name in lists::FILES {
        let name = format!("data/zh/{name}");
        files.push((name.clone(), fs::read_to_string(&name).inspect_err(|_| fail(&format!("{name} is not there")))?));
    }
    for entry in fs::read_dir("data/zh")?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let list = Path::new(&name).extension().is_some_and(|kind| kind == "txt") && !name.ends_with(".examples.txt");
        if list && !lists::FILES.contains(&name.as_str()) {
            fail(&format!("data/zh/{name} is not registered in build/lists.rs"));
        }
    }
    let (mut sources, labels) = (String::new(), fs::read_to_string("data/ui/zh-Hans.txt")?);
    sources_of(Path::new("src"), &mut sources)?;
    let groups = lists::read(&files, narrow::narrow).unwrap_or_else(|wrong| {
        fail(&wrong);
        Vec::new()
    });
    if let Err(wrong) = lists::check(&groups, &sources, &labels) {
        fail(&wrong);
    }
    // What the page's module holds; the rest is fetched with the lists (tools/package.mjs), and states are said by scripts.
    let all = std::env::var_os("CARGO_FEATURE_LANGUAGES").is_some();
    let first = |line: &&str| !line.starts_with('#') && (all || !LATER.iter().any(|start| line.starts_with(start)));
    let shown: String = labels.lines().filter(first).flat_map(|line| [line, "\n"]).collect();
    fs::write(out.join("labels.txt"), shown)?;
    let weights = bare(Path::new("data/zh/plain.model"))?;
    if let Err(wrong) = lists::weights("data/zh/plain.model", &fs::read_to_string("data/zh/plain.model")?) {
        fail(&wrong);
    }
    fs::write(out.join("weights.txt"), weights)?;
    let tables = lists::tables(&groups, narrow::narrow);
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

/// Keys of data/ui that no first view shows.
const LATER: [&str; 4] = ["check.", "lists.", "state.", "verdict."];

/// Ends the build with what is wrong.
fn fail(wrong: &str) {
    println!("cargo::error={wrong}");
}

/// Adds the text of all Rust files of a folder.
fn sources_of(folder: &Path, sources: &mut String) -> Result<()> {
    for path in fs::read_dir(folder)?.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            sources_of(&path, sources)?;
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            *sources += &fs::read_to_string(&path)?;
        }
    }
    Ok(())
}

/// The lines that say something.
fn bare(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file)?;
    Ok(text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).flat_map(|line| [line, "\n"]).collect())
}
