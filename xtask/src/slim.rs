//! pulldown-cmark as published → a copy under target/ with a short table of character references, for the page's module.
//!
//! The published table has 2,125 names, most of them mathematics (`&CounterClockwiseContourIntegral;`), and is 15 kB of
//! the page after Brotli: more than all our word lists bar one. The copy keeps the names of characters that prose is
//! written with. Nothing else differs, and nothing of the copy is kept in git. The command line has the whole table.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::process::{Outcome, target};

/// Characters whose names stay (cargo does not see a change here: remove target/page with it): ASCII and Latin-1, dashes, quotes, spaces and joiners, currencies, № ™, arrows, list
/// marks, stars and ticks.
const KEPT: &[std::ops::RangeInclusive<u32>] = &[
    0x09..=0xff,
    0x2002..=0x206f,
    0x20a0..=0x20bf,
    0x2116..=0x2122,
    0x2190..=0x2194,
    0x25a0..=0x25ff,
    0x2605..=0x2606,
    0x2713..=0x2717,
];

/// The file with the names.
const TABLE: &str = "entities.rs";

/// Compiles in rustc's place: cargo calls `RUSTC_WRAPPER` with the compiler and its arguments. All crates but the one go
/// through as they are, and so does what the compiler says.
pub fn compile(compiler: &OsStr, mut arguments: Vec<OsString>) -> ExitCode {
    let parser = arguments.windows(2).any(|pair| pair[0] == "--crate-name" && pair[1] == "pulldown_cmark");
    if let Some(source) = arguments.iter_mut().find(|a| parser && Path::new(a).ends_with("src/lib.rs")) {
        let published = Path::new(source).parent().unwrap_or(Path::new("")).to_owned();
        let copy = target().join("slim/pulldown-cmark");
        if let Err(message) = copy_without_names(&published, &copy) {
            eprintln!("xtask: {message}");
            return ExitCode::FAILURE;
        }
        *source = copy.join("lib.rs").into();
    }
    let done = Command::new(compiler).args(arguments).status().is_ok_and(|status| status.success());
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The crate's files, the table shortened.
fn copy_without_names(from: &Path, to: &Path) -> Outcome {
    let failed = |error| format!("{} to {}: {error}", from.display(), to.display());
    fs::create_dir_all(to).map_err(failed)?;
    for path in fs::read_dir(from).map_err(failed)?.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
        fs::copy(&path, to.join(path.file_name().unwrap_or_default())).map_err(failed)?;
    }
    let table = fs::read_to_string(from.join(TABLE)).map_err(failed)?;
    let short =
        shorten(&table).ok_or_else(|| format!("{}: {TABLE} is not as xtask/src/slim.rs knows it", from.display()))?;
    fs::write(to.join(TABLE), short).map_err(failed)
}

/// The table with the names in [`KEPT`] alone; None where the file does not look as expected.
fn shorten(source: &str) -> Option<String> {
    let (mut out, mut kept, mut all) = (String::new(), 0, 0);
    for line in source.lines() {
        if let Some((_, value)) = line.strip_prefix("    (b\"").and_then(|l| l.split_once("\", \"\\u{")) {
            all += 1;
            let character = value.strip_suffix("}\"),").and_then(|code| u32::from_str_radix(code, 16).ok());
            if !character.is_some_and(|c| KEPT.iter().any(|range| range.contains(&c))) {
                continue;
            }
            kept += 1;
        }
        out.push_str(line);
        out.push('\n');
    }
    let length = format!("; {all}]");
    (all > 2000 && kept > 200 && source.contains(&length)).then(|| out.replace(&length, &format!("; {kept}]")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_keeps_what_prose_is_written_with() {
        let name = |i| format!("    (b\"n{i}\", \"\\u{{{:05X}}}\"),", i + 1);
        let names = (0..2100).map(name).collect::<Vec<_>>().join("\n");
        let short = shorten(&format!("const T: [(&[u8], &str); 2100] = [\n{names}\n];\n")).expect("the table is known");
        assert!(short.contains("\\u{000A0}") && !short.contains("\\u{00300}"), "nbsp stays, a diacritic goes");
        assert!(short.contains("; 247]"), "{}", short.lines().next().unwrap_or_default());
        assert_eq!(shorten("const T: [(&[u8], &str); 1] = [\n    (b\"lt\", \"\\u{003C}\"),\n];"), None);
    }
}
