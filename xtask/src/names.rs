//! wasm-bindgen's module and its JavaScript → the same two with short names for what they have between them.
//!
//! wasm-bindgen ends the name of every function that the module imports in a hash, `__wbg_setAttribute_f75317b2b5cabfb4`,
//! and no compression makes a hash smaller: a hundred of them are 3 kB of what a page loads. Nobody else reads them.
//!
//! A module is `magic version section*`, a section `id length body`; imports (2) and exports (7) are vectors of entries
//! that begin with their names (WebAssembly Core Specification, 5.5).

#![allow(clippy::cast_possible_truncation, reason = "what is cast is a letter or seven bits")]

use std::fs;
use std::path::Path;

use crate::process::Outcome;

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// Rewrites both files in place.
pub fn shorten(module: &Path, script: &Path) -> Outcome {
    let failed = |path: &Path, error| format!("{}: {error}", path.display());
    let bytes = fs::read(module).map_err(|error| failed(module, error))?;
    let mut text = fs::read_to_string(script).map_err(|error| failed(script, error))?;
    let mut names = Names::default();
    let short = rewritten(&bytes, &mut names).ok_or_else(|| format!("{}: not a module", module.display()))?;
    // A name that begins with another one is replaced before that.
    names.0.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    for (long, short) in &names.0 {
        text = text.replace(long, short);
    }
    // The second way to start the module is not ours; what nothing names, build.rs leaves out.
    text = text.replace("export { initSync, ", "export { ");
    fs::write(module, short).map_err(|error| failed(module, error))?;
    fs::write(script, text).map_err(|error| failed(script, error))
}

/// Long names and what they became.
#[derive(Default)]
struct Names(Vec<(String, String)>);

impl Names {
    /// `_` and letters for a name with a hash in it; others stay.
    fn short(&mut self, name: &str) -> String {
        let digits = |run: &str| run.len() >= 16;
        if !name.split(|c: char| !matches!(c, '0'..='9' | 'a'..='f')).any(digits) {
            return name.to_owned();
        }
        if let Some((_, short)) = self.0.iter().find(|(long, _)| long == name) {
            return short.clone();
        }
        let mut short = String::from("_");
        let mut rest = self.0.len();
        loop {
            short.push(char::from(b'a' + (rest % 26) as u8));
            rest /= 26;
            if rest == 0 {
                break;
            }
        }
        self.0.push((name.to_owned(), short.clone()));
        short
    }
}

/// The module with other names; None where it is none.
fn rewritten(module: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let (head, mut rest) = module.split_at_checked(8).filter(|(head, _)| head.starts_with(b"\0asm"))?;
    let mut out = head.to_vec();
    while let Some((id, after)) = rest.split_first() {
        rest = after;
        let length = number(&mut rest)?;
        let body = taken(&mut rest, length)?;
        let body = match *id {
            IMPORTS | EXPORTS => entries(body, *id == IMPORTS, names)?,
            _ => body.to_vec(),
        };
        out.push(*id);
        write(body.len(), &mut out);
        out.extend(body);
    }
    Some(out)
}

fn entries(mut body: &[u8], imports: bool, names: &mut Names) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let count = number(&mut body)?;
    write(count, &mut out);
    for _ in 0..count {
        if imports {
            let module = text(&mut body)?;
            write(module.len(), &mut out);
            out.extend(module.as_bytes());
        }
        let name = names.short(text(&mut body)?);
        write(name.len(), &mut out);
        out.extend(name.as_bytes());
        let before = body;
        let kind = taken(&mut body, 1)?;
        // What wasm-bindgen imports are functions; a table or memory (with limits) is not expected, and refused.
        if imports && kind != [0] {
            return None;
        }
        number(&mut body)?;
        out.extend(before.get(..before.len() - body.len())?);
    }
    body.is_empty().then_some(out)
}

fn taken<'m>(rest: &mut &'m [u8], length: usize) -> Option<&'m [u8]> {
    let (piece, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(piece)
}

fn text<'m>(rest: &mut &'m [u8]) -> Option<&'m str> {
    let length = number(rest)?;
    std::str::from_utf8(taken(rest, length)?).ok()
}

/// An unsigned LEB128 number of 32 bits.
fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let byte = *taken(rest, 1)?.first()?;
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn write(mut value: usize, out: &mut Vec<u8>) {
    while value > 0x7f {
        out.push(value as u8 & 0x7f | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_become_short_and_nothing_else_changes() {
        let long = "__wbg_setAttribute_f75317b2b5cabfb4";
        let module = |name: &str| {
            let mut body = vec![1, 3];
            body.extend(b"./m");
            body.push(name.len() as u8);
            body.extend(name.as_bytes());
            body.extend([0, 0x85, 0x01]);
            let mut all = b"\0asm\x01\0\0\0".to_vec();
            all.extend([1, 4, 1, 0x60, 0, 0, IMPORTS, body.len() as u8]);
            all.extend(body);
            all.extend([EXPORTS, 5, 1, 1, b'f', 0, 0]);
            all
        };
        let mut names = Names::default();
        assert_eq!(rewritten(&module(long), &mut names), Some(module("_a")));
        assert_eq!(names.0, [(long.to_owned(), "_a".to_owned())]);
        assert_eq!(rewritten(&module("plain_name"), &mut Names::default()), Some(module("plain_name")));
        for end in 9..module(long).len() {
            let cut = module(long).get(..end).map(<[u8]>::to_vec).unwrap_or_default();
            assert!(rewritten(&cut, &mut Names::default()).is_none_or(|out| out.len() < module(long).len()), "{end}");
        }
        assert_eq!(rewritten(b"<!doctype html>", &mut Names::default()), None);
    }

    #[test]
    fn every_name_is_another() {
        let mut names = Names::default();
        let short: Vec<_> = (0..800).map(|i| names.short(&format!("f_{i:016x}"))).collect();
        let mut distinct = short.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), short.len());
        assert_eq!(names.short("f_0000000000000003"), "_d");
    }
}
