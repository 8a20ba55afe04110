//! Any text read as Markdown → a view that keeps its promises.
#![no_main]

use policy_reader::Format;

libfuzzer_sys::fuzz_target!(|source: &str| oracle::check(source, Some(Format::Markdown)));
